"""Every object that a row names is found, whatever table the row stands in."""

from dataclasses import replace

from records.derivative import Derivative
from records.fixity import Fixity
from records.ids import RecordId
from records.steps import Step
from storage.references import COLUMNS
from storage.tables import metadata
from tests.contract.office import SCAN, Office

NOT_OBJECTS = {"declared_files.sha256"}  # announced, perhaps never sent


def named(office: Office) -> dict[str, int]:
    """The objects that rows name, with their sizes."""
    with office.database.snapshot(patient=True) as tx:
        return {one.fixity.sha256: one.fixity.size for one in tx.references.all()}


def test_masters_images_words_and_lasting_copies_are_named(office: Office) -> None:
    assert named(office) == {}
    batch = office.scan()
    master = batch.declared[0]
    assert named(office) == {master.sha256: master.size}
    record = office.classified(batch)
    words = Fixity.of(record.pages[0].encode())
    known = {master.sha256: master.size, SCAN.sha256: SCAN.size, words.sha256: words.size}
    assert named(office) == known
    archival, access = Fixity.of(b"archival"), Fixity.of(b"access copy")
    file(office, office.confirm(office.record(record.id)).id, archival, access)
    assert named(office) == known | {archival.sha256: archival.size, access.sha256: access.size}


def test_a_lasting_copy_stays_named_when_a_later_one_takes_its_place(office: Office) -> None:
    first, second = Fixity.of(b"first"), Fixity.of(b"second, corrected")
    record = office.confirm(office.record(office.classified().id))
    file(office, record.id, first)
    filed = office.record(record.id)
    reopened = office.save(filed.reopened(), filed.version, "reopened")
    file(office, office.confirm(reopened).id, second)
    assert {first.sha256, second.sha256} <= named(office).keys()


def test_no_column_that_holds_an_object_is_forgotten() -> None:
    known = {str(sha256) for sha256, _, _ in COLUMNS} | NOT_OBJECTS
    holding = {str(c) for table in metadata.tables.values() for c in table.c if "sha256" in c.name}
    assert holding == known


def file(office: Office, key: RecordId, archival: Fixity, access: Fixity | None = None) -> None:
    claim = office.claimed(Step.FILE, key)
    made = [Derivative("access", access, "application/pdf")] if access else []
    with office.database.transaction() as tx:
        tx.records.filed(claim, replace(office.record(key).filed(archival)), office.now, made)
