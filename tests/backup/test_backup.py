"""A backup holds all of an office as of one moment, and comes back whole, on any database and object store."""

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import inspect

from cli.main import sohoa
from config.settings import Settings
from config.wiring import Services, set_up
from records.backup import OBJECTS
from records.errors import InvalidValue, NotFound, Refused
from records.ids import StationId, UnitCode
from records.search import SearchQuery
from records.staff import WHOLE_OFFICE, Station
from storage.backup_folder import BackupFolder, Parts
from storage.database import make_database
from storage.engines import make_engine
from storage.rows import TableHead
from tests.backup.conftest import built
from tests.conftest import ROOT
from tests.faults.world import AT, Office, live
from workers.backup import make_backup
from workers.object_check import check_objects
from workers.restore import check_backup, restore_backup

FIRST_SCHEMA = "0001"
TRAIL = {"audit_entries", "audit_head"}  # the restore itself adds an entry


def rows_of(services: Services) -> dict[str, list[list[object]]]:
    """Every row that lasts, by table; leases are no part of what must stay the same."""
    with services.database.snapshot() as tx:
        return {
            head.name: [
                [value for (column, _), value in zip(head.columns, row, strict=True) if "lease" not in column]
                for row in tx.rows.read(head)
            ]
            for head in tx.rows.tables()
        }


def test_an_office_comes_back_as_it_was(source: Office, target: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with built(source.settings) as services:
        made = make_backup(services, folder)
        before = rows_of(services)
    assert made.manifest.rows == sum(map(len, before.values()))
    assert made.copied == made.manifest.objects > 10
    assert check_backup(folder).faults == ()

    with built(target) as services:
        assert restore_backup(services, folder) == made.manifest
        after = rows_of(services)
        assert {name: rows for name, rows in after.items() if name not in TRAIL} == {
            name: rows for name, rows in before.items() if name not in TRAIL
        }
        assert after["audit_entries"][:-1] == before["audit_entries"]
        with services.database.snapshot() as tx:
            assert tx.audit.verify() is None
            assert tx.search.find(SearchQuery.parse("quyet"), WHOLE_OFFICE).items
        checked = check_objects(services)
        assert checked.whole
        assert (checked.objects, checked.orphans) == (made.manifest.objects, 0)
        set_up(services)
    live(Office(target, source.files))  # and life goes on: what was sent is known, and stays once


def test_only_what_is_new_is_copied_again(embedded_office: Office, tmp_path: Path) -> None:
    with built(embedded_office.settings) as services:
        first = make_backup(services, tmp_path)
        second = make_backup(services, tmp_path)
    assert first.copied == first.manifest.objects
    assert second.copied == 0
    assert BackupFolder(tmp_path).names() == [first.name, second.name]
    assert check_backup(tmp_path, first.name).faults == check_backup(tmp_path).faults == ()


def test_a_backup_is_of_one_moment_though_the_office_works_on(
    embedded_office: Office, tmp_path: Path
) -> None:
    with built(embedded_office.settings) as services:
        before = rows_of(services)

        def hire(done: int, total: int) -> None:
            if done == 1:
                with services.database.transaction() as tx:
                    tx.stations.add(Station(StationId("s2"), "Quầy 2", UnitCode("P1")), None, AT)
                    tx.audit.append("chief", "station.added", "s2", {}, AT)

        make_backup(services, tmp_path / "backups", on_copied=hire)
        assert len(rows_of(services)["stations"]) == len(before["stations"]) + 1
    assert check_backup(tmp_path / "backups").faults == ()
    with built(Settings(data_dir=tmp_path / "new")) as services:
        restore_backup(services, tmp_path / "backups")
        assert rows_of(services)["stations"] == before["stations"]


def test_a_backup_is_restored_into_an_empty_office_only(embedded_office: Office, tmp_path: Path) -> None:
    with built(embedded_office.settings) as services:
        make_backup(services, tmp_path / "backups")
        with pytest.raises(Refused, match="not empty"):
            restore_backup(services, tmp_path / "backups")
    with built(Settings(data_dir=tmp_path / "new")) as services:
        set_up(services)  # nobody has been there but the default data
        with pytest.raises(Refused, match="not empty"):
            restore_backup(services, tmp_path / "backups")


def test_a_restore_that_was_cut_off_can_be_repeated(embedded_office: Office, tmp_path: Path) -> None:
    class PlugPulled(Exception):
        pass

    def pull(done: int, total: int) -> None:
        if done == total // 2:
            raise PlugPulled

    with built(embedded_office.settings) as services:
        make_backup(services, tmp_path / "backups")
    with built(Settings(data_dir=tmp_path / "new")) as services:
        with pytest.raises(PlugPulled):
            restore_backup(services, tmp_path / "backups", on_copied=pull)
        restore_backup(services, tmp_path / "backups")
        assert check_objects(services).whole


def test_what_was_lost_before_is_named_and_keeps_nothing_else_from_being_saved(
    embedded_office: Office, tmp_path: Path
) -> None:
    with built(embedded_office.settings) as services:
        lost = next(services.objects.listed())
        next((embedded_office.settings.data_dir / "objects").rglob(lost)).unlink()
        made = make_backup(services, tmp_path)
    assert made.manifest.missing == (lost,)
    assert check_backup(tmp_path).faults == (f"object {lost} was lost already when the backup was made",)


@pytest.mark.parametrize("part", ["records.jsonl.gz", "audit_entries.jsonl.gz", "objects.jsonl.gz"])
def test_a_part_that_was_changed_is_found_and_not_restored(
    embedded_office: Office, tmp_path: Path, part: str
) -> None:
    with built(embedded_office.settings) as services:
        made = make_backup(services, tmp_path / "backups")
    path = tmp_path / "backups" / made.name / part
    path.write_bytes(path.read_bytes()[:-9])
    assert check_backup(tmp_path / "backups").faults == (
        f"the part {part.removesuffix('.jsonl.gz')} is gone or was changed",
    )
    with built(Settings(data_dir=tmp_path / "new")) as services, pytest.raises(InvalidValue, match="changed"):
        restore_backup(services, tmp_path / "backups")


def test_an_object_that_was_changed_in_the_backup_is_found(embedded_office: Office, tmp_path: Path) -> None:
    with built(embedded_office.settings) as services:
        make_backup(services, tmp_path)
    victim = next(path for path in (tmp_path / "objects").rglob("*") if path.is_file())
    victim.write_bytes(b"x" * victim.stat().st_size)
    assert check_backup(tmp_path).faults == (f"object {victim.name} is gone or was changed",)


def test_a_manifest_that_was_changed_is_not_believed(embedded_office: Office, tmp_path: Path) -> None:
    with built(embedded_office.settings) as services:
        made = make_backup(services, tmp_path)
    manifest = tmp_path / made.name / "manifest.json"
    facts = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**facts, "objects": facts["objects"] - 1}))
    with pytest.raises(InvalidValue, match="fingerprint"):
        check_backup(tmp_path)


def test_a_backup_of_an_earlier_schema_is_brought_up_to_date(embedded_office: Office, tmp_path: Path) -> None:
    with built(embedded_office.settings) as services:
        made = make_backup(services, tmp_path)
    as_of_old(BackupFolder(tmp_path).backup(made.name), FIRST_SCHEMA, known_to_the_first(tmp_path / "old.db"))
    with built(Settings(data_dir=tmp_path / "new")) as services:
        restore_backup(services, tmp_path)
        services.database.ready()
        assert check_objects(services).whole


def known_to_the_first(path: Path) -> dict[str, set[str]]:
    """The tables and columns of the first program's database."""
    url = f"sqlite:///{path}"
    database = make_database(url)
    database.migrate(FIRST_SCHEMA)
    database.close()
    engine = make_engine(url)
    found = inspect(engine)
    known = {name: {one["name"] for one in found.get_columns(name)} for name in found.get_table_names()}
    engine.dispose()
    return known


def as_of_old(backup: Parts, schema: str, known: dict[str, set[str]]) -> None:
    """Write a backup again as an earlier program would have made it: without what it did not know."""
    manifest = backup.manifest()
    parts = []
    for part in manifest.parts:
        if part.name in known:
            head, rows = backup.read_rows(part.name)
            places = [place for place, (name, _) in enumerate(head.columns) if name in known[part.name]]
            columns = tuple(head.columns[place] for place in places)
            kept = [[row[place] for place in places] for row in rows]
            parts.append(backup.write_rows(TableHead(head.name, columns), kept))
    backup.seal(replace(manifest, schema=schema, parts=(*parts, manifest.part(OBJECTS))))


def test_a_backup_by_a_newer_program_is_refused(embedded_office: Office, tmp_path: Path) -> None:
    with built(embedded_office.settings) as services:
        made = make_backup(services, tmp_path)
    backup = BackupFolder(tmp_path).backup(made.name)
    backup.seal(replace(made.manifest, schema="9999"))
    with built(Settings(data_dir=tmp_path / "new")) as services, pytest.raises(InvalidValue, match="9999"):
        restore_backup(services, tmp_path)


def test_where_no_backup_is_none_is_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        check_backup(tmp_path)


@pytest.mark.slow
def test_a_backup_that_was_killed_leaves_nothing_that_looks_finished_and_can_be_repeated(
    embedded_office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    command = [sys.executable, "-c", SLOW_BACKUP, str(embedded_office.settings.data_dir), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "5":  # so many objects are copied, not all
                process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert BackupFolder(folder).names() == []
    with built(embedded_office.settings) as services:
        made = make_backup(services, folder)
    assert made.copied == made.manifest.objects - 5
    assert check_backup(folder).faults == ()
    assert not (folder / ".unfinished").exists()


SLOW_BACKUP = """
import sys, time
from pathlib import Path
from config.settings import Settings
from config.wiring import build
from workers.backup import make_backup

def say(done, total):
    print(done, flush=True)
    time.sleep(0.5)

make_backup(build(Settings(data_dir=Path(sys.argv[1]))), Path(sys.argv[2]), on_copied=say)
"""


def test_the_commands_back_up_check_and_restore(
    embedded_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "backups")
    monkeypatch.setenv("SOHOA_DATA_DIR", str(embedded_office.settings.data_dir))
    made = json.loads(run("backup", folder, "--json"))
    assert made["faults"] == []
    checked = json.loads(run("restore", folder, "--verify", "--json"))
    assert (checked["fingerprint"], checked["faults"]) == (made["fingerprint"], [])
    monkeypatch.setenv("SOHOA_DATA_DIR", str(tmp_path / "new"))
    assert made["fingerprint"] in run("restore", folder)
    assert "0 missing, 0 damaged" in run("audit", "objects")


def run(*arguments: str) -> str:
    done = CliRunner().invoke(sohoa, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout
