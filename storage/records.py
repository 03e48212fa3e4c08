"""Records and their history: what the machine proposed, what a person confirmed, and where it is filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Select, delete, insert, literal, or_, select, tuple_, update

from records.derivative import Derivative
from records.errors import NotFound, StaleVersion
from records.fixity import Fixity, Sha256
from records.ids import BatchId, DocumentTypeCode, DossierCode, PageId, RecordId, UnitCode
from records.record import UNKNOWN_TYPE, Classification, Record, RecordVersion
from records.staff import WHOLE_OFFICE, Scope
from records.states import RecordState
from records.steps import Claim, Step
from storage.case_facts import CaseFacts
from storage.codecs import decode
from storage.cursors import Cursor, Keyset, Slice
from storage.leases import FREE, WORK, settle
from storage.record_rows import as_records, contents, history_row, read_records, tag_of
from storage.scopes import within
from storage.search import note_record
from storage.tables import derivatives, files, pages, record_history, records

PIPELINE = "pipeline"  # the actor of what no person did
_NOTHING_NEW_TO_FIND = {RecordState.ASSEMBLED, RecordState.FILED}

_PLACE = (records.c.file_sequence, records.c.first_page)
_AGE = (records.c.created_at, records.c.batch, *_PLACE)
_OLDEST_FIRST, _NEWEST_FIRST = Keyset(_AGE), Keyset(_AGE, descending=True)


class Records:
    """The records table; every change adds a row to record_history."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._facts = CaseFacts(connection)

    # --- what the pipeline does ---

    def add(self, record: Record, file_sequence: int, first_page: int, at: datetime) -> None:
        """Insert a newly assembled record; its place in the batch is its file's number and its first page."""
        self.insert(record, file_sequence, first_page, at)
        self.remember(record, at, PIPELINE, "assembled")

    def insert(self, record: Record, file_sequence: int, first_page: int, at: datetime) -> None:
        """Insert a record without a word in its history."""
        row = {
            "id": record.id,
            "batch": record.batch,
            "file_sequence": file_sequence,
            "first_page": first_page,
            "unit": record.unit,
            "created_at": record.created_at,
            "state_at": at,
            "attempts": 0,
            "filing_parked": False,
            **contents(record, at),
        }
        self._connection.execute(insert(records), row)

    def classified(self, claim: Claim, record: Record, split_off: Record | None, at: datetime) -> None:
        """Write what the machine proposes (CLASSIFIED or COVER); raises LeaseLost.

        `split_off` is a new ASSEMBLED record that takes over the pages which `record` no longer has.
        """
        settle(self._connection, claim, Step.CLASSIFY, at, contents(record, at))
        self.remember(record, at, PIPELINE, record.state.value)
        parts = [record] if split_off is None else [record, split_off]
        owners = places(parts, self.pages_of(record.id))
        if split_off is not None:
            self.add(split_off, *self.place_of(split_off.pages[0]), at)
        self.move_pages(owners)

    def filed(self, claim: Claim, record: Record, at: datetime, made: Sequence[Derivative] = ()) -> None:
        """Write that a record's lasting copy lies in its dossier; raises LeaseLost."""
        record = replace(record, error_code=None)
        settle(self._connection, claim, Step.FILE, at, contents(record, at))
        self.remember(record, at, PIPELINE, "filed")
        self._keep(record.id, made, at)

    def read_again(self, claim: Claim, record: Record, at: datetime) -> None:
        """Write what the machine proposes after a second, better reading; raises LeaseLost."""
        settle(self._connection, claim, Step.READ_AGAIN, at, contents(record, at))
        self.remember(record, at, PIPELINE, "read_again")

    def filing_failed(self, claim: Claim, error_code: str, at: datetime) -> None:
        """Note that the lasting copy could not be made: the record stays CONFIRMED and is not asked for again
        until `ask_filing_again`. Raises LeaseLost."""
        values = {"error_code": error_code, "filing_parked": True}
        settle(self._connection, claim, Step.FILE, at, values)

    def park(self, record: str, error_code: str, at: datetime) -> bool:
        """Hand a record that nobody holds to a clerk as it is, of unknown type; says whether that was done."""
        found = read_records(self._connection, select(records).where(records.c.id == record))
        if not found or found[0].state is not RecordState.ASSEMBLED:
            return False
        proposal = found[0].classified(Classification(UNKNOWN_TYPE, 0.0), (), (), (error_code,))
        given_up = replace(proposal, error_code=error_code)
        work = WORK[Step.CLASSIFY]
        changed = self._connection.execute(
            update(records)
            .where(records.c.id == record, work.is_open(), work.is_free(at))
            .values(attempts=0, state_at=at, **FREE, **contents(given_up, at))
        ).rowcount
        if changed:
            self.remember(given_up, at, PIPELINE, "parked")
        return changed == 1

    # --- what people do ---

    def save(
        self,
        record: Record,
        *,
        expected_version: int,
        actor: str,
        action: str,
        at: datetime,
        reason: str | None = None,
    ) -> Record:
        """Write a record that a person changed, if it still is at the version that the change is based on.

        A worker that holds it loses its lease. Raises StaleVersion, or NotFound. The pages stay the record's own,
        perhaps in another order.
        """
        if record.version <= expected_version:
            raise ValueError("a changed record has a higher version than the one that it is based on")
        changed = self._connection.execute(
            update(records)
            .where(records.c.id == record.id, records.c.version == expected_version)
            .values(
                attempts=0, state_at=at, last_error=None, filing_parked=False, **FREE, **contents(record, at)
            )
        ).rowcount
        if changed != 1:
            self.get(record.id, WHOLE_OFFICE)
            raise StaleVersion()
        self.move_pages(places([record], self.pages_of(record.id)))
        self.remember(record, at, actor, action, reason)
        return record

    def ask_filing_again(self, record: RecordId) -> bool:
        """Let a filing that failed be tried again; says whether there was one."""
        changed = self._connection.execute(
            update(records)
            .where(
                records.c.id == record,
                records.c.state == RecordState.CONFIRMED.value,
                records.c.filing_parked,
            )
            .values(filing_parked=False, attempts=0, error_code=None, last_error=None)
        ).rowcount
        return changed == 1

    # --- what people and the pipeline ask ---

    def get(self, record: RecordId, scope: Scope) -> Record:
        """A record within the scope; raises NotFound."""
        query = select(records).where(records.c.id == record, within(scope, records.c.unit))
        found = read_records(self._connection, query)
        if not found:
            raise NotFound("no record with this id")
        return found[0]

    def of_batch(self, batch: BatchId) -> tuple[Record, ...]:
        """The records of a batch in the order of its pages."""
        return read_records(
            self._connection, select(records).where(records.c.batch == batch).order_by(*_PLACE)
        )

    def of_dossier(self, code: DossierCode, scope: Scope) -> tuple[Record, ...]:
        """The records that are confirmed for or filed in this dossier, oldest first."""
        query = select(records).where(records.c.dossier_code == code, within(scope, records.c.unit))
        return read_records(self._connection, query.order_by(*_AGE))

    def list(
        self,
        scope: Scope,
        *,
        state: RecordState | Iterable[RecordState] | None = None,
        batch: BatchId | None = None,
        unit: UnitCode | None = None,
        document_type: DocumentTypeCode | None = None,
        dossier: DossierCode | None = None,
        settled: bool = False,
        after: Cursor | None = None,
        limit: int = 50,
        newest_first: bool = False,
    ) -> Slice[Record]:
        """Records that meet all conditions given, oldest first, so that a queue is worked off in order.

        `settled`: only those that wait and may be confirmed without a look.
        """
        keyset = _NEWEST_FIRST if newest_first else _OLDEST_FIRST
        wanted = {
            records.c.batch: batch,
            records.c.unit: unit,
            records.c.document_type: document_type,
            records.c.dossier_code: dossier,
        }
        query: Select[tuple[object]] = select(records).where(within(scope, records.c.unit))
        query = query.where(*(column == value for column, value in wanted.items() if value is not None))
        if settled:
            # in words, or SQLite does not see that its partial index serves
            waits = literal(RecordState.CLASSIFIED.value, literal_execute=True)
            query = query.where(records.c.state == waits, records.c.settled_as.is_not(None))
        if state is not None:
            states = [state] if isinstance(state, RecordState) else state
            query = query.where(records.c.state.in_([one.value for one in states]))
        found = self._connection.execute(keyset.apply(query, after, limit)).mappings().all()
        rows, following = keyset.cut(found, limit)
        return Slice(as_records(self._connection, rows), following)

    def cover_before(self, record: Record) -> DossierCode | None:
        """The dossier that the nearest earlier record of the batch names: a cover sheet, or what follows one.

        A cover sheet whose code could not be read names none, and ends the reach of the one before it.
        """
        mine = select(*_PLACE).where(records.c.id == record.id).subquery()
        query = (
            select(records.c.cover_code)
            .where(
                records.c.batch == record.batch,
                tuple_(*_PLACE) < tuple_(mine.c.file_sequence, mine.c.first_page),
                or_(records.c.cover_code.is_not(None), records.c.is_cover),
            )
            .order_by(*(column.desc() for column in _PLACE))
            .limit(1)
        )
        found = self._connection.execute(query).scalar()
        return None if found is None else DossierCode(found)

    def sheet_before(self, record: Record) -> Record | None:
        """The nearest cover sheet that lay before this record in its batch, with a readable code or without."""
        mine = select(*_PLACE).where(records.c.id == record.id).subquery()
        query = select(records).where(
            records.c.batch == record.batch,
            records.c.state == RecordState.COVER.value,
            tuple_(*_PLACE) < tuple_(mine.c.file_sequence, mine.c.first_page),
        )
        newest = query.order_by(*(column.desc() for column in _PLACE)).limit(1)
        return next(iter(read_records(self._connection, newest)), None)

    def next_assembled(self, batch: BatchId) -> RecordId | None:
        """The first record of the batch that is not classified yet."""
        query = select(records.c.id).where(
            records.c.batch == batch, records.c.state == RecordState.ASSEMBLED.value
        )
        found = self._connection.execute(query.order_by(*_PLACE).limit(1)).scalar()
        return None if found is None else RecordId(found)

    def history(self, record: RecordId) -> tuple[RecordVersion, ...]:
        """Every version of a record, the first one first."""
        query = select(record_history).where(record_history.c.record == record)
        return tuple(
            RecordVersion(
                row["at"], row["actor"], row["action"], row["reason"], decode(Record, row["snapshot"])
            )
            for row in self._connection.execute(query.order_by(record_history.c.version)).mappings()
        )

    def derivatives(self, record: RecordId) -> tuple[Derivative, ...]:
        """What was made from a record besides its archival copy."""
        query = select(derivatives).where(derivatives.c.record == record).order_by(derivatives.c.kind)
        return tuple(
            Derivative(row["kind"], Fixity(Sha256(row["sha256"]), row["size"]), row["media_type"])
            for row in self._connection.execute(query).mappings()
        )

    # --- rows ---

    def remember(
        self, record: Record, at: datetime, actor: str, action: str, reason: str | None = None
    ) -> None:
        """Add this version to the history, and count its dossier anew, also the one that it has left."""
        left = self._dossier_before(record)
        self._connection.execute(insert(record_history), history_row(record, at, actor, action, reason))
        tag = tag_of(record)
        self._facts.restate([left, tag.code if tag else None], at)
        if record.state not in _NOTHING_NEW_TO_FIND:
            note_record(self._connection, record)

    def _dossier_before(self, record: Record) -> str | None:
        query = select(record_history.c.dossier_code).where(
            record_history.c.record == record.id, record_history.c.version == record.version - 1
        )
        return self._connection.execute(query).scalar()

    def pages_of(self, record: RecordId) -> tuple[PageId, ...]:
        """The record's pages in their order."""
        query = select(pages.c.id).where(pages.c.record == record).order_by(pages.c.position)
        return tuple(PageId(page) for page in self._connection.execute(query).scalars())

    def place_of(self, page: PageId) -> tuple[int, int]:
        """Where in its batch a page lies: its file's number, and its number in the file."""
        query = (
            select(files.c.sequence, pages.c.number)
            .join(files, files.c.id == pages.c.file)
            .where(pages.c.id == page)
        )
        sequence, number = self._connection.execute(query).one()
        return sequence, number

    def move_pages(self, owners: Mapping[PageId, tuple[RecordId, int]]) -> None:
        """Put each page into its record, at its place there."""
        for page, (record, position) in owners.items():
            self._connection.execute(
                update(pages).where(pages.c.id == page).values(record=record, position=position)
            )

    def _keep(self, record: RecordId, made: Sequence[Derivative], at: datetime) -> None:
        self._connection.execute(delete(derivatives).where(derivatives.c.record == record))
        rows = [
            {
                "record": record,
                "kind": one.kind,
                "sha256": one.fixity.sha256,
                "size": one.fixity.size,
                "media_type": one.media_type,
                "made_at": at,
            }
            for one in made
        ]
        if rows:
            self._connection.execute(insert(derivatives), rows)


def places(parts: Sequence[Record], all_pages: Sequence[PageId]) -> dict[PageId, tuple[RecordId, int]]:
    """Each page's record and place in it, from 1; raises ValueError unless every page has exactly one."""
    owners = [
        (page, (record.id, position)) for record in parts for position, page in enumerate(record.pages, 1)
    ]
    if sorted(page for page, _ in owners) != sorted(all_pages) or not all(record.pages for record in parts):
        raise ValueError("every page belongs to exactly one record, and every record has a page")
    return dict(owners)
