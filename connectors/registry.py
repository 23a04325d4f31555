"""Which connectors there are: an explicit list, so that a missing or broken one stops start-up."""

from connectors.contract import BulkConnector, Connector

AnyConnector = Connector | BulkConnector


def connectors() -> dict[str, AnyConnector]:
    """Return all connectors by id."""
    from connectors.sources import edexml, practice, table, uwlr_results  # imported here: each costs start-up time

    return {c.id: c for c in (edexml.connector, uwlr_results.connector, practice.connector, table.connector)}


def find(connector_id: str) -> AnyConnector | None:
    """Return one connector, importing only the module it needs."""
    return connectors().get(connector_id)
