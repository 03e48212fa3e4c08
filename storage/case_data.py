"""What the case system tells of dossiers and their components: taken in as one change each, and counted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from records.components import DeclaredComponents, DossierTold
from records.dossier import Dossier, Upserted
from records.ids import DossierCode
from storage.case_facts import CaseFacts
from storage.components import Components
from storage.dossiers import Dossiers, Written, chunks

Told = Mapping[DossierCode, DossierTold]


class CaseData:
    """Dossiers together with the components that are listed for them."""

    def __init__(self, connection: Connection, dossiers: Dossiers, components: Components) -> None:
        self._dossiers, self._components = dossiers, components
        self._facts = CaseFacts(connection)

    def take(self, told: Iterable[DossierTold], source: str, at: datetime) -> Upserted:
        """Put dossiers in or bring them up to date; saying the same as before changes nothing.

        A dossier whose list alone differs counts as changed. Takes any number, a few hundred in memory at a time.
        """
        self._dossiers.take_turns()
        total = Upserted(0, 0, 0)
        for chunk in chunks(told, _code_of):
            written = self._dossiers.write(_dossiers_of(chunk), source, at)
            listed = self._components.write_lists(_lists_of(chunk), source, at)
            self._facts.restate({*written.touched, *listed}, at)
            total += _counts(written, listed)
        return total

    def preview(self, told: Iterable[DossierTold]) -> Upserted:
        """What `take` would do, without doing it."""
        total = Upserted(0, 0, 0)
        for chunk in chunks(told, _code_of):
            would_be = self._dossiers.compared(_dossiers_of(chunk))
            total += _counts(would_be, self._components.preview(_lists_of(chunk)))
        return total


def _code_of(one: DossierTold) -> DossierCode:
    return one.dossier.code


def _dossiers_of(chunk: Told) -> dict[DossierCode, Dossier]:
    return {code: one.dossier for code, one in chunk.items()}


def _lists_of(chunk: Told) -> list[DeclaredComponents]:
    return [
        DeclaredComponents(code, one.components) for code, one in chunk.items() if one.components is not None
    ]


def _counts(written: Written, listed: frozenset[str]) -> Upserted:
    counts = written.counts
    more = len(listed.difference(written.touched))
    return Upserted(counts.new, counts.changed + more, counts.same - more)
