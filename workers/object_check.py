"""The check of the object store against the rows: every object that is named is there and hashes to its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum

from config.wiring import Services
from records.errors import ObjectMissing
from records.fixity import Sha256
from records.objects import StoredObject
from storage.inventory import Inventory


class Fault(StrEnum):
    """What can be wrong with an object."""

    MISSING = "missing"  # a row names it, and it is not there
    DAMAGED = "damaged"  # it is there, and its bytes are not those that were stored
    ORPHAN = "orphan"  # it is there, and no row names it: harmless


Found = Callable[[Fault, Sha256], None]


@dataclass
class ObjectsChecked:
    """What came of a check."""

    objects: int = 0  # that rows name
    bytes: int = 0  # of those that are whole
    missing: int = 0
    damaged: int = 0
    orphans: int = 0

    @property
    def whole(self) -> bool:
        return not self.missing and not self.damaged

    def as_dict(self) -> dict[str, object]:
        return {"whole": self.whole, **asdict(self)}


def check_objects(
    services: Services,
    *,
    on_found: Found = lambda fault, sha256: None,
    on_checked: Callable[[int, int], None] = lambda done, total: None,
) -> ObjectsChecked:
    """Read every object that a row names; also name those that no row does.

    A service may run meanwhile: an object is written before its row, so what it is storing at this moment may show
    as an orphan. `on_found` is told each fault, `on_checked` how many of how many are done. Raises
    BackendUnavailable.
    """
    outcome = ObjectsChecked()
    with Inventory() as inventory:
        inventory.find(services.objects.listed())  # first: whatever is listed later may be named by then
        with services.database.snapshot(patient=True) as tx:
            inventory.name(tx.references.all())
        total = len(inventory)
        for done, one in enumerate(inventory.named(), start=1):
            _check(services, one, outcome, on_found)
            on_checked(done, total)
        for sha256 in inventory.orphans():
            outcome.orphans += 1
            on_found(Fault.ORPHAN, sha256)
    return outcome


def _check(services: Services, one: StoredObject, outcome: ObjectsChecked, on_found: Found) -> None:
    sha256 = one.fixity.sha256
    outcome.objects += 1
    try:
        outcome.bytes += sum(len(chunk) for chunk in services.objects.open(sha256))
    except ObjectMissing:
        if services.objects.exists(sha256):
            outcome.damaged += 1
            on_found(Fault.DAMAGED, sha256)
        else:
            outcome.missing += 1
            on_found(Fault.MISSING, sha256)
