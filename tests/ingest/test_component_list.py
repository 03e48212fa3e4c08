"""Component lists of procedures: what is taken, what is refused, and that figures follow from then on."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.components import import_components
from ingest.case_data import RefusedRow
from ingest.component_list import read_component_list
from records.components import MustDigitize, ProcedureComponent
from records.errors import InvalidImport
from records.ids import ProcedureCode

HEADER = "procedure,component,name,must_digitize,valid_from,valid_to\n"
GOOD = "1.001193.000.00.00.H58,TP01,Giấy chứng sinh,prior_result,2022-01-01,\n"


def read(tmp_path: Path, text: str) -> list[ProcedureComponent | RefusedRow]:
    path = tmp_path / "components.csv"
    path.write_text(text, encoding="utf-8")
    return list(read_component_list(path))


def test_a_row_is_a_component_of_a_procedure_since_a_day(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER + GOOD) == [
        ProcedureComponent(
            ProcedureCode("1.001193"), "TP01", "Giấy chứng sinh", MustDigitize.PRIOR_RESULT, date(2022, 1, 1)
        )
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1.001193.000.00.00.H58", "birth"),
        ("TP01", ""),
        ("prior_result", "perhaps"),
        ("2022-01-01", "1/1/2022"),
        (",\n", ",2021-01-01\n"),
    ],
)
def test_a_bad_row_is_refused_with_its_number(tmp_path: Path, old: str, new: str) -> None:
    refused, taken = read(tmp_path, HEADER + GOOD.replace(old, new) + GOOD)
    assert isinstance(refused, RefusedRow) and refused.row == 2
    assert isinstance(taken, ProcedureComponent)


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidImport):
        read(tmp_path, "a,b\n1,2\n")


def test_the_command_says_what_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOHOA_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "components.csv"
    path.write_text(HEADER + GOOD + GOOD.replace("TP01", ""), encoding="utf-8")
    first, second = (CliRunner().invoke(import_components, [str(path)]) for _ in range(2))
    assert (first.exit_code, first.stdout) == (1, "changed 1, same 0, refused 1\n")
    assert second.stdout == "changed 0, same 1, refused 1\n"
