"""An office with many dossiers and papers whose dossier is known: what `bench proposals` asks about.

Codes count per unit and day, so that a misread digit often names a neighbour that exists; names recur, id numbers do
not. A person's earlier paper lies in each dossier of a tenth of the people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from bench.bulk import Row, fill_table
from records.coverage import VIETNAM
from records.dossier import Dossier
from records.ids import BatchId, DocumentTypeCode, DossierCode, RecordId, StationId, UnitCode
from records.nearness import day_of
from records.page import Barcode, BarcodeKind, Box, EngineStamp, Line, PageText, Word, union
from records.procedure import Procedure
from records.record import Classification, Field, Record
from records.staff import Station
from records.states import RecordState
from samples.people import citizen_id, some_name
from storage.database import Database
from storage.engines import make_engine
from storage.tables import batches, records

FIRST, DAYS = date(2021, 1, 4), 3 * 365
KNOWN_PERSON = 10  # of one person in so many, earlier papers are filed
# What engines take for each other on worn print; a code that lost or gained a character is rarer.
_ALIKE = {
    "0": "86",
    "1": "74",
    "2": "7",
    "3": "85",
    "4": "1",
    "5": "63",
    "6": "58",
    "7": "12",
    "8": "36",
    "9": "8",
}
_LETTERS = {"0": "O", "1": "l", "5": "S", "8": "B", "2": "Z"}


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier, and the person whose it is."""

    dossier: Dossier
    id_no: str
    born: date
    gives: DocumentTypeCode  # the type of its result


@dataclass(frozen=True, slots=True)
class Paper:
    """What was read on a paper, and the dossier that it belongs to; None where that was never imported."""

    kind: str
    record: Record
    pages: tuple[PageText, ...]
    barcodes: tuple[tuple[Barcode, ...], ...]
    truth: DossierCode | None
    day: date  # of the scan


# --- the office ---


def fill_office(url: str, database: Database, count: int, rng: Random) -> list[Case]:
    """Fill an empty database with so many dossiers and the papers of some people; returns the dossiers."""
    database.migrate()
    with database.transaction() as tx:
        tx.catalogue.seed()
        units = [unit for unit in tx.catalogue.units() if unit.takes_dossiers and unit.valid_on(FIRST)]
        giving = [one for one in tx.catalogue.procedures() if one.result_types]
        for unit in units:
            tx.stations.add(
                Station(StationId(unit.code), unit.code, unit.code), f"key-{unit.code}", _at(FIRST)
            )
    made = list(_cases(rng, count, [unit.code for unit in units], giving))
    with database.transaction() as tx:
        tx.dossiers.upsert((case.dossier for case in made), "bench", _at(FIRST))
    known = [case for case in made if int(case.id_no) % KNOWN_PERSON == 0]
    _file_papers(url, database, known)
    return made


def _cases(rng: Random, count: int, units: Sequence[UnitCode], giving: Sequence[Procedure]) -> Iterator[Case]:
    numbers: Counter[tuple[UnitCode, date]] = Counter()
    people: list[tuple[str, str, date]] = []
    for _ in range(count):
        unit, day = rng.choice(units), FIRST + timedelta(days=rng.randrange(DAYS))
        numbers[unit, day] += 1
        code = f"H58.{10 + units.index(unit)}-{day:%y%m%d}-{numbers[unit, day]:04}"
        if not people or rng.random() < 0.6:
            people.append(_person(rng))
        name, id_no, born = rng.choice(people) if rng.random() < 0.4 else people[-1]
        procedure = giving[int(len(giving) * rng.random() ** 2)]
        took = timedelta(days=rng.randrange(1, 20))
        dossier = Dossier(
            DossierCode(code), procedure.code, unit, _at(day), finished_at=_at(day) + took, owner=name
        )
        yield Case(dossier, id_no, born, rng.choice(procedure.result_types))


def _person(rng: Random) -> tuple[str, str, date]:
    male, born = rng.random() < 0.5, date(1945, 1, 1) + timedelta(days=rng.randrange(21_000))
    return some_name(rng, male), citizen_id(rng, "082", male, born), born


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM).astimezone(UTC)


def _file_papers(url: str, database: Database, known: Sequence[Case]) -> None:
    """A filed paper of the person in each of these dossiers."""
    engine = make_engine(url)
    with engine.begin() as connection:
        row = {"id": "b", "station": known[0].dossier.unit, "unit": known[0].dossier.unit, "operator": "x"}
        fill_table(connection, batches, [{**row, "opened_at": _at(FIRST)}])
        fill_table(connection, records, [_filed(number, case) for number, case in enumerate(known, start=1)])
    engine.dispose()
    with database.transaction() as tx:
        for number, case in enumerate(known, start=1):
            said = (_field("id_no", case.id_no), _field("dob", case.born.isoformat()))
            tx.owners.note(_record(f"r{number}", case.dossier.unit, case.gives, said))


def _filed(number: int, case: Case) -> Row:
    empty: dict[str, object] = {name: [] for name in ("fields", "proposals", "review_reasons")}
    return {
        "id": f"r{number}", "batch": "b", "file_sequence": number, "first_page": 1, "unit": case.dossier.unit,
        "state": "filed", "created_at": case.dossier.received_at, "version": 4, "is_cover": False,
        "document_type": case.gives, "dossier_code": case.dossier.code, "role": "component", **empty,
        "filed_at": case.dossier.received_at, "filing_parked": False, "state_at": case.dossier.received_at,
        "attempts": 0,
    }  # fmt: skip


# --- papers ---


def papers(rng: Random, made: Sequence[Case], each: int) -> Iterator[Paper]:
    """So many papers of each kind, every one of another dossier."""
    known = [case for case in made if int(case.id_no) % KNOWN_PERSON == 0]
    kinds: dict[str, tuple[Sequence[Case], Callable[[Random, Case], tuple[str, bool, tuple[str, ...]]]]] = {
        "bar code": (made, lambda rng, case: (case.dossier.code, True, ())),
        "code in print": (made, lambda rng, case: (case.dossier.code, False, ())),
        "letters for digits": (made, lambda rng, case: (_lettered(rng, case.dossier.code), False, ())),
        "one character misread": (made, lambda rng, case: (misread(rng, case.dossier.code, 1), False, ())),
        "… with the name": (made, lambda rng, case: (misread(rng, case.dossier.code, 1), False, ("name",))),
        "two characters misread": (made, lambda rng, case: (misread(rng, case.dossier.code, 2), False, ())),
        "… with name and id": (known, lambda rng, case: (misread(rng, case.dossier.code, 2), False, ("name", "id"))),
        "id and day of birth": (known, lambda rng, case: ("", False, ("id",))),
        "procedure and period": (made, lambda rng, case: ("", False, ())),
        "a name alone": (made, lambda rng, case: ("", False, ("name",))),
        "not imported": (made, lambda rng, case: (_later(case.dossier.code), False, ("name",))),
    }  # fmt: skip
    for kind, (source, says) in kinds.items():
        for number, case in enumerate(rng.sample(list(source), each)):
            told = _of_somebody_else(rng, case) if kind == "not imported" else case
            yield _paper(kind, number, told, *says(rng, case))


def _of_somebody_else(rng: Random, case: Case) -> Case:
    """The case with an owner who has no dossier here."""
    return replace(case, dossier=replace(case.dossier, owner=some_name(rng, rng.random() < 0.5)))


def _paper(
    kind: str, number: int, case: Case, code: str, in_bars: bool, says: tuple[str, ...]
) -> Paper:  # `says`: what else stands on it
    issued = (case.dossier.received_at + timedelta(days=1)).astimezone(VIETNAM).date()
    fields = [_field("issue_date", issued.isoformat())] if kind != "a name alone" else []
    if "name" in says and case.dossier.owner:
        fields.append(_field("applicant", case.dossier.owner))
    if "id" in says:
        fields += [_field("id_no", case.id_no), _field("dob", case.born.isoformat())]
    type_code = case.gives if kind != "a name alone" else DocumentTypeCode("CCCD")
    bars = ((Barcode(BarcodeKind.QR, f"https://a.vn/tra-cuu.aspx?mahs={code}", _BOX),),) if in_bars else ((),)
    truth = None if kind == "not imported" else case.dossier.code
    printed = _page("" if in_bars else code)
    day = issued + timedelta(days=2)
    return Paper(
        kind, _record(f"{kind} {number}", case.dossier.unit, type_code, tuple(fields)), (printed,), bars, truth, day
    )  # fmt: skip


_BOX = Box(100, 100, 300, 160)


def _page(code: str) -> PageText:
    words = ["Mã", "hồ", "sơ:", code] if code else ["Kính", "gửi"]
    placed = tuple(
        Word(text, Box(200 + 160 * n, 400, 340 + 160 * n + 20 * (len(text) > 8), 430), 0.93)
        for n, text in enumerate(words)
    )
    line = Line(placed, union([word.box for word in placed]))
    return PageText(1654, 2339, (line,), EngineStamp("hybrid", "1"))


def misread(rng: Random, code: str, times: int) -> str:
    """The code with so many of its digits taken for one that looks alike, the day still a day."""
    while True:
        said = list(code)
        for place in rng.sample([n for n, char in enumerate(code) if char in _ALIKE and n > 2], times):
            said[place] = rng.choice(_ALIKE[said[place]])
        text = "".join(said)
        if day_of(DossierCode(text)) is not None:
            return text


def _lettered(rng: Random, code: str) -> str:
    """The code with two digits of its day and number read as letters."""
    head, rest = code[:7], list(code[7:])
    places = [n for n, char in enumerate(rest) if char in _LETTERS]
    for place in rng.sample(places, min(2, len(places))):
        rest[place] = _LETTERS[rest[place]]
    return head + "".join(rest)


def _later(code: str) -> DossierCode:
    """A code of the same unit and day that no list holds: far behind the last of the day."""
    return DossierCode(f"{code[:-4]}{int(code[-4:]) + 4700:04}")


def _field(name: str, value: str) -> Field:
    return Field(name, value, 0.95)


def _record(key: str, unit: UnitCode, kind: DocumentTypeCode, fields: tuple[Field, ...]) -> Record:
    return Record(
        RecordId(key), BatchId("b"), unit, (), RecordState.ASSEMBLED, _at(FIRST),
        classification=Classification(kind, 0.95), fields=fields,
    )  # fmt: skip
