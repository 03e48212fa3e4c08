"""What an export reads: filed papers, of some dossiers or in the order in which they were scanned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from records.coverage import Period
from records.fixity import Fixity, Sha256
from records.ids import DossierCode, RecordId, UnitCode
from records.record import Confirmation, Role
from records.staff import Scope
from records.states import RecordState
from records.sync import FiledPaper, SubmittedComponent
from storage.codecs import decode
from storage.cursors import Cursor, Keyset, Slice
from storage.scopes import within
from storage.tables import pages, records
from storage.tables_coverage import dossier_components

_IN_ORDER = Keyset(  # the order of ix_records_state, so that a part begins where the one before it ended
    (records.c.created_at, records.c.batch, records.c.file_sequence, records.c.first_page)
)
_COLUMNS = (
    records.c.id, records.c.unit, records.c.dossier_code, records.c.role, records.c.component, records.c.filed_at,
    records.c.confirmation, records.c.archival_sha256, records.c.archival_size, *_IN_ORDER.columns,
)  # fmt: skip


class Exports:
    """Filed papers, a few hundred at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_dossiers(self, codes: Sequence[DossierCode], scope: Scope) -> dict[DossierCode, list[FiledPaper]]:
        """The papers that are filed in these dossiers, each dossier's in the order of filing."""
        query = (
            _filed(scope).where(records.c.dossier_code.in_(codes)).order_by(records.c.filed_at, records.c.id)
        )
        found: dict[DossierCode, list[FiledPaper]] = {}
        for paper in self._papers(self._connection.execute(query).mappings().all()):
            found.setdefault(paper.dossier, []).append(paper)
        return found

    def components_of(self, codes: Sequence[DossierCode]) -> dict[DossierCode, list[SubmittedComponent]]:
        """What the case system lists for these dossiers, by component."""
        columns = dossier_components.c
        query = select(dossier_components).where(columns.dossier.in_(codes), columns.declared)
        found: dict[DossierCode, list[SubmittedComponent]] = {}
        for row in self._connection.execute(query.order_by(columns.dossier, columns.component)).mappings():
            one = SubmittedComponent(
                row["component"], row["name"], row["reused"], row["shared"], row["replaced_by"]
            )
            found.setdefault(DossierCode(row["dossier"]), []).append(one)
        return found

    def filed(
        self, scope: Scope, period: Period | None, *, after: Cursor | None = None, limit: int = 500
    ) -> Slice[FiledPaper]:
        """Papers in the order of scanning, those that were filed in a period or all."""
        query = _filed(scope)
        if period is not None:
            query = query.where(records.c.filed_at >= period.begin, records.c.filed_at < period.end)
        rows = self._connection.execute(_IN_ORDER.apply(query, after, limit)).mappings().all()
        kept, following = _IN_ORDER.cut(rows, limit)
        return Slice(tuple(self._papers(kept)), following)

    def _papers(self, rows: Iterable[RowMapping]) -> list[FiledPaper]:
        listed = list(rows)
        query = select(pages.c.record, func.count()).where(pages.c.record.in_([row["id"] for row in listed]))
        rows_of = self._connection.execute(query.group_by(pages.c.record))
        counts = {str(record): int(count) for record, count in rows_of}
        return [_paper(row, counts.get(row["id"], 0)) for row in listed]


def _filed(scope: Scope) -> Select[Any]:
    filed = records.c.state == RecordState.FILED.value
    return select(*_COLUMNS).where(filed, records.c.dossier_code.is_not(None), within(scope, records.c.unit))


def _paper(row: RowMapping, count: int) -> FiledPaper:
    confirmation = decode(Confirmation, row["confirmation"])
    return FiledPaper(
        record=RecordId(row["id"]),
        dossier=DossierCode(row["dossier_code"]),
        role=Role(row["role"]),
        component=row["component"],
        document_type=confirmation.document_type,
        unit=UnitCode(row["unit"]),
        filed_at=row["filed_at"],
        confirmed_at=confirmation.at,
        values=confirmation.values,
        archival=Fixity(Sha256(row["archival_sha256"]), row["archival_size"]),
        pages=count,
    )
