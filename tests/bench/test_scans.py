"""What a service says of a scan is held against what is known about it."""

import json
from pathlib import Path

from bench.scans import Found, Paper, wrong


def paper(document_type: str, **fields: str | None) -> Paper:
    return Paper(1, document_type, fields, None, "classified", [])


def scan(folder: Path, **fields: str) -> Path:
    (folder / "one.json").write_text(json.dumps({"kind": "quyet_dinh", "fields": fields}))
    return folder / "one.pdf"


def test_what_is_said_otherwise_or_not_at_all_is_wrong(tmp_path: Path) -> None:
    known = scan(tmp_path, number="12/QĐ-UBND", date="2022-03-03", place="Mỹ Tho")
    said = [paper("TB", number_symbol="12 / qđ-ubnd", issue_date=None, place="Cai Lậy")]
    found = Found("one.pdf", 1.0, wrong=wrong(known, said))
    assert found.wrong == {
        "document_type": ("TB", "QD"),
        "issue_date": (None, "2022-03-03"),
        "place": ("Cai Lậy", "Mỹ Tho"),
    }
    assert found.missed == ["issue_date"]


def test_a_paper_that_was_torn_in_two_is_wrong(tmp_path: Path) -> None:
    known = scan(tmp_path, number="12/QĐ-UBND")
    halves = [paper("QD", number_symbol="12/QĐ-UBND"), paper("QD")]
    assert wrong(known, halves) == {"papers": ("2", "1")}


def test_nothing_is_wrong_where_nothing_is_known(tmp_path: Path) -> None:
    assert wrong(tmp_path / "one.pdf", [paper("QD")]) == {}
