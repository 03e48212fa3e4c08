"""Whose paper it is: the owner's id number as a key to find papers by, never a name alone.

An id number is a citizen's data: it stands in bodies and values only, never in an address, a log or a refusal. What
is indexed is a keyed hash of it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from records.errors import InvalidValue
from records.ids import DocumentTypeCode, DossierCode, RecordId, UnitCode
from records.record import FieldName, Record, Role

OWNER_FIELDS = ("citizen_id", "id_no", "personal_id", "owner_id")
BIRTH_FIELDS = ("birth_date", "dob", "date_of_birth")
END_FIELDS = ("valid_to", "valid_until", "expires_on", "expiry_date")
_DIGITS = re.compile(r"\d{9}(?:\d{3})?")  # an old identity card's nine, a citizen's twelve


@dataclass(frozen=True, slots=True)
class Ownership:
    """What a paper says about its owner, and how long it holds."""

    owner: str  # digits
    born: date | None
    issued: date | None
    valid_to: date | None  # None: it does not say


@dataclass(frozen=True, slots=True)
class DigitisedPaper:
    """A filed paper that another dossier may use again."""

    record: RecordId
    document_type: DocumentTypeCode
    issued: date | None
    valid_to: date | None
    dossier: DossierCode
    role: Role  # what it is to that dossier: the result of an earlier one is fine
    unit: UnitCode
    filed_at: datetime

    def may_be(self, issued: date | None) -> bool:
        """Whether a paper of the same owner and type that was issued on this day may be this one; None: not read."""
        return issued is None or self.issued is None or issued == self.issued


@dataclass(frozen=True, slots=True)
class ReusedComponent:
    """A component of a dossier that was not scanned again."""

    dossier: DossierCode
    reused_from: RecordId
    document_type: DocumentTypeCode
    component: str  # code in the procedure's list; else the type of the paper
    at: datetime
    actor: str


def parse_owner_id(untrusted: str) -> str:
    """The digits of an id number; raises InvalidValue, which never repeats what was sent.

    >>> parse_owner_id("082 190 001234")
    '082190001234'
    """
    digits = re.sub(r"[\s.]", "", untrusted)
    if not _DIGITS.fullmatch(digits):
        raise InvalidValue("an id number has nine or twelve digits", field="owner_id")
    return digits


def owner_key(secret: bytes, owner: str) -> str:
    """What stands in the index for an id number: nobody can turn it back, or try all numbers, without the secret."""
    return hmac.new(secret, owner.encode(), hashlib.sha256).hexdigest()


def ownership(record: Record) -> Ownership | None:
    """What a record says about its owner: what was confirmed, else what was read; None without an id number."""
    values = record.confirmation.values if record.confirmation else {f.name: f.value for f in record.fields}
    return ownership_of(values)


def ownership_of(values: Mapping[str, str | None]) -> Ownership | None:
    """The same from values by field name."""
    owner = _first(values, OWNER_FIELDS)
    try:
        digits = parse_owner_id(owner or "")
    except InvalidValue:
        return None
    return Ownership(
        digits,
        _day(_first(values, BIRTH_FIELDS)),
        _day(values.get(FieldName.ISSUE_DATE)),
        _day(_first(values, END_FIELDS)),
    )


def _first(values: Mapping[str, str | None], names: Iterable[str]) -> str | None:
    return next((value for name in names if (value := values.get(name))), None)


def _day(text: str | None) -> date | None:
    """An ISO date, or the way it is printed (03/03/2022); None for anything else."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text or "", pattern).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    return None
