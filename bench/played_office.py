"""Papers of a played office, read with a known rate of wrong values, and what a clerk makes of one: for
`bench acceptance_year`.

How sure values are and how often they are wrong follows what `bench fields` measured on generated papers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from bench.bulk import Row, fill
from records.acceptance import DOSSIER, TYPE, Policy
from records.dossier import Dossier
from records.fixity import Fixity
from records.ids import (
    DocumentTypeCode,
    DossierCode,
    ProcedureCode,
    RecordId,
    StaffId,
    StationId,
    UnitCode,
)
from records.record import Classification, Confirmation, DossierProposal, DossierTag, Field, Record, Role
from records.staff import WHOLE_OFFICE, Staff, StaffRole, Station
from records.steps import Step
from storage.database import Transaction, make_database
from storage.engines import make_engine
from workers.accept import accepted, learn, settled, settled_confirmation, with_unseen
from workers.blind import draw

START = datetime(2022, 1, 3, 1, tzinfo=UTC)
UNIT = UnitCode("P1")
STATIONS = ("quay-1", "quay-2", "quay-3")
TYPES = {"GPXD": 3, "TLKS": 3, "HKD": 2, "GCNKH": 2}  # results of procedures, by how many come
FIELDS = ("number_symbol", "place", "signer_name", "signer_title")
DOSSIER_CODE = DossierCode("H58.30-220103-0001")
CLERK, VERIFIER, THIRD = PEOPLE = StaffId("hoa"), StaffId("lan"), StaffId("minh")
LEASE = timedelta(minutes=5)
# How sure values are (up to the step above), how many of them, and how many of those are wrong.
SURENESS = (
    (0.99, 0.62, 0.0004),
    (0.97, 0.14, 0.001),
    (0.95, 0.08, 0.004),
    (0.9, 0.08, 0.01),
    (0.7, 0.08, 0.06),
)


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper as the machine read it, and what stands on it."""

    key: str
    kind: str
    station: str
    confidence: Mapping[str, float]
    wrong: frozenset[str]  # names of values that were misread
    truth: Mapping[str, str]


def open_office(url: str, papers: Iterable[ReadPaper]) -> None:
    """Fill an empty database with the scans of all papers, each a batch of its own, and with their one dossier."""
    database = make_database(url)
    database.migrate()
    with database.transaction() as tx:
        tx.catalogue.seed()
        tx.dossiers.upsert([Dossier(DOSSIER_CODE, ProcedureCode("9.999999"), UNIT, START)], "bench", START)
        for person in PEOPLE:
            tx.accounts.add(Staff(StaffId(person), person, StaffRole.CLERK, (), everywhere=True), None, START)
        for name in STATIONS:
            tx.stations.add(Station(StationId(name), name, UNIT), f"key-{name}", START)
    database.close()
    engine = make_engine(url)
    rows = [_scanned(paper) for paper in papers]
    fill(engine, {name: [row[name] for row in rows] for name in ("batches", "files", "records", "pages")})
    engine.dispose()


def _scanned(paper: ReadPaper) -> dict[str, Row]:
    key, lease = paper.key, {"state_at": START, "attempts": 0}
    sha256 = Fixity.of(key.encode()).sha256
    return {
        "batches": {
            "id": f"b{key}", "station": paper.station, "unit": UNIT, "operator": "x", "opened_at": START,
            "completed_at": START,
        },
        "files": {
            "id": f"f{key}", "batch": f"b{key}", "sequence": 1, "name": "x.pdf", "sha256": sha256, "size": 1,
            "media_type": "application/pdf", "received_at": START, "state": "rasterised", "pages": 1, **lease,
        },
        "records": {
            "id": f"r{key}", "batch": f"b{key}", "file_sequence": 1, "first_page": 1, "unit": UNIT,
            "state": "assembled", "created_at": START, "version": 1, "is_cover": False, "fields": [],
            "proposals": [], "review_reasons": [], "filing_parked": False, **lease,
        },
        "pages": {
            "id": f"p{key}", "file": f"f{key}", "number": 1, "batch": f"b{key}", "record": f"r{key}", "position": 1,
            "width": 1654, "height": 2339, "image_sha256": sha256, "image_size": 1, "media_type": "image/jpeg",
            "quality": {}, "barcodes": [], "state": "recognised", **lease,
        },
    }  # fmt: skip


def read_paper(
    rng: Random, key: str, worse: tuple[str, float] | None, types: Mapping[str, int] = TYPES
) -> ReadPaper:
    """The next paper; `worse`: a field that is wrong at this rate, however sure the machine is."""
    kind = rng.choices(list(types), list(types.values()))[0]
    confidence, wrong = {}, set()
    for name in (TYPE, DOSSIER, *FIELDS):
        least, _, rate = rng.choices(SURENESS, [share for _, share, _ in SURENESS])[0]
        confidence[name] = least + rng.random() * 0.009
        rate = worse[1] if worse and name == worse[0] else rate
        # The type and the dossier are always right here: a wrong one changes whose thresholds count.
        if name in FIELDS and rng.random() < rate:
            wrong.add(name)
    truth = {name: f"{name} {key}" for name in FIELDS} | {TYPE: kind, DOSSIER: DOSSIER_CODE}
    return ReadPaper(key, kind, rng.choice(STATIONS), confidence, frozenset(wrong), truth)


class Played:
    """One paper from its reading to its confirmation, in the words of the program."""

    def __init__(self, tx: Transaction, paper: ReadPaper, at: datetime) -> None:
        self._tx, self._paper, self._at = tx, paper, at

    def confirmed(self, policy: Policy) -> Record:
        """The record as a clerk has confirmed it, who corrects all that he is asked and looks at nothing else."""
        tx, at, key = self._tx, self._at, f"r{self._paper.key}"
        claim = tx.steps.claim(Step.CLASSIFY, key, now=at, lease=LEASE, max_attempts=3, patience=LEASE)
        assert claim is not None, "nothing else classifies here"
        record = self._classified(policy, tx.records.get(RecordId(key), WHOLE_OFFICE))
        tx.records.classified(claim, record, None, at)
        clean = record.settled_as is not None
        told = settled_confirmation(record, CLERK, at) if clean else self._as_corrected(record)
        given = with_unseen(record, told)
        saved = tx.records.save(
            record.confirmed(given), expected_version=record.version, actor=CLERK, action="confirmed", at=at
        )
        learn(tx, record, given, StationId(self._paper.station))
        draw(tx, record, given, StationId(self._paper.station), Random(self._paper.key).random)
        return saved

    def _classified(self, policy: Policy, record: Record) -> Record:
        sure = self._paper.confidence
        kind = Classification(DocumentTypeCode(self._paper.kind), sure[TYPE])
        fields = tuple(Field(name, self._read(name), sure[name]) for name in FIELDS)
        named = (DossierProposal(DOSSIER_CODE, "barcode", sure[DOSSIER]),)
        acceptance = accepted(policy, kind, fields, named)
        return settled(self._tx, record.classified(kind, fields, named, (), acceptance))

    def _read(self, name: str) -> str:
        return "?" + self._paper.truth[name] if name in self._paper.wrong else self._paper.truth[name]

    def _as_corrected(self, record: Record) -> Confirmation:
        unasked = record.acceptance.accepted if record.acceptance else ()
        values: dict[str, str | None] = {
            name: self._read(name) if name in unasked else self._paper.truth[name] for name in FIELDS
        }
        kind = DocumentTypeCode(self._paper.kind)
        return Confirmation(CLERK, self._at, kind, values, DossierTag(DOSSIER_CODE, Role.RESULT))
