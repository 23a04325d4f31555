"""Which connectors there are: an explicit list, so that a missing or broken one stops start-up."""

from importlib import import_module
from typing import cast

from connectors.contract import BulkConnector, Connector

AnyConnector = Connector | BulkConnector

MODULES = {
    "edexml": "connectors.sources.edexml",
    "uwlr-results": "connectors.sources.uwlr_results",
    "practice": "connectors.sources.practice",
    "table": "connectors.sources.table",
}
"""The module of each connector by its id; each is imported when it is asked for, because that takes time."""


def find(connector_id: str) -> AnyConnector | None:
    """Return one connector, importing only the module it needs; None when there is none of this id."""
    module = MODULES.get(connector_id)
    return cast("AnyConnector", import_module(module).connector) if module else None
