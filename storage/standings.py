"""What the words of a status say about counting a dossier, for queries: the rule itself lies with records.tallies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, literal, select

from records.tallies import Standing, standing_of
from storage.among import among
from storage.tables import dossier_history, dossiers

PLACES = {standing: place for place, standing in enumerate(Standing)}  # as kept in case_facts


@dataclass(frozen=True)
class Standings:
    """The words that are in use for each standing but the usual one."""

    words: dict[Standing, list[str]]

    def of(self, status: ColumnElement[str]) -> ColumnElement[int]:
        """The place of the standing of a dossier with this status."""
        known = ((among(status, words), _place(standing)) for standing, words in self.words.items())
        return case(*known, else_=_place(Standing.ACCEPTED))


def standings_of(
    connection: Connection, codes: Sequence[str] | None = None, as_of: datetime | None = None
) -> Standings:
    """What the statuses of these dossiers mean, or of all: those of now, or all that they ever had."""
    table = dossiers if as_of is None else dossier_history
    query = select(table.c.status).distinct()
    if codes is not None:
        query = query.where(among(table.c.code, codes))
    words: dict[Standing, list[str]] = {Standing.NOT_ACCEPTED: [], Standing.GIVEN_BACK: []}
    for status in connection.execute(query).scalars():
        words.get(standing_of(status), []).append(status)
    return Standings(words)


def _place(standing: Standing) -> ColumnElement[Any]:
    return literal(PLACES[standing], literal_execute=True)
