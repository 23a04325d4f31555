"""Answers of pupils on a practice platform, in the columns of Snappet's export, as CSV or as a JSON list.

Mass data: `load` leaves it to the engine in connectors/practice, which keeps totals, never the answers themselves.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict

from connectors.contract import BulkCounts, DeliveryContext, Header, Progress, SourceFile
from models.vocabulary import SourceKind


class Settings(BaseModel):
    """There is nothing to set."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Practice:
    """Every answer counts once, whatever order, slices, overlap and repeats the files come in."""

    id = "practice"
    label = "Oefenplatform (Snappet-achtig)"
    version = "1.0"
    standard = "Antwoorden als CSV of JSON met SubmittedAnswerId, SubmitDateTime (UTC), Correct, Progress, …"
    kind = SourceKind.PRACTICE
    leads_roll = False
    settings_model: type[BaseModel] = Settings

    def check(self, file: SourceFile, settings: Settings) -> Header:  # noqa: ARG002 - the contract's signature
        from connectors.practice.form import inspect

        return Header(format_version=inspect(file.path, file.name).kind)

    def load(
        self,
        connection: Any,
        delivery: DeliveryContext,
        file: SourceFile,
        settings: Settings,  # noqa: ARG002 - the contract's signature
        progress: Progress,
    ) -> BulkCounts:
        from connectors.practice.load import load  # here, so that `kindblad --help` waits for no numpy

        return load(connection, delivery, file, progress)


connector = Practice()
