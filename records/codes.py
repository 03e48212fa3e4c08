"""Codes as they are printed. Both forms of a dossier code live side by side, always."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from records.errors import InvalidDossierCode
from records.ids import DossierCode, ProcedureCode
from records.vietnamese import normalised

# 000.17.22.H56-210531-0001 (form of 2018) and H56.14-240823-0001 (new form); a result adds -KQ1.
_DOSSIER = re.compile(
    r"(?<![\w.-])(?P<unit>(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})|(?:[A-Z]\d{2}(?:\.\d{1,3}){0,5}))"
    r"-(?P<d>\d{6})-(?P<n>\d{4,6})(?:-KQ\(?(?P<kq>\d+)\)?)?(?![\w-])"
)
_PROCEDURE = re.compile(
    r"(?<![\w.])(?P<nat>[1-9]\.\d{6})(?:\.000\.00\.00)?(?:\.(?P<prov>[HG]\d{2}))?(?![\w])(?!\.\d)"
)
_URL_KEYS = ("mahs", "mahoso", "ma_ho_so", "ma-ho-so", "sohoso", "code", "ma")
_DASHES = re.compile(r"\s*[–—‐‑−-]\s*")


@dataclass(frozen=True, slots=True)
class ParsedDossierCode:
    code: DossierCode  # without a result suffix
    unit: str
    received_on: date
    sequence: int
    result: int | None  # n of -KQn (Decree 45/2020, article 14)


def parse_dossier_code(untrusted: str) -> ParsedDossierCode:
    """The parts of a dossier or result code, of either form; raises InvalidDossierCode.

    >>> parse_dossier_code("H58.30-220303-0012-KQ1").code
    'H58.30-220303-0012'
    """
    found = _DOSSIER.fullmatch(_DASHES.sub("-", normalised(untrusted).strip().upper()))
    parsed = _parsed(found) if found else None
    if parsed is None:
        raise InvalidDossierCode("this is not a dossier code")
    return parsed


def find_dossier_code(untrusted: str) -> ParsedDossierCode | None:
    """The first valid dossier code in a bar code's text, in a URL's query or in a line of print.

    >>> find_dossier_code("https://a.vn/tra-cuu.aspx?mahs=000.00.06.H56-231027-0361").code
    '000.00.06.H56-231027-0361'
    >>> find_dossier_code("H58.30-221303-0012") is None  # month 13
    True
    """
    text = normalised(untrusted)
    for candidate in [*_query_values(text), text]:
        for found in _DOSSIER.finditer(_DASHES.sub("-", candidate)):
            parsed = _parsed(found)
            if parsed is not None:
                return parsed
    return None


def _query_values(text: str) -> list[str]:
    if "://" not in text:
        return []
    try:
        pairs = parse_qsl(urlsplit(text.strip()).query)
    except ValueError:
        return []
    known = [value for key, value in pairs if key.lower() in _URL_KEYS]
    return known + [value for key, value in pairs if key.lower() not in _URL_KEYS]


def _parsed(found: re.Match[str]) -> ParsedDossierCode | None:
    digits = found["d"]
    try:
        day = date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None
    code = DossierCode(f"{found['unit']}-{digits}-{found['n']}")
    result = int(found["kq"]) if found["kq"] else None
    return ParsedDossierCode(code, found["unit"], day, int(found["n"]), result)


def parse_procedure_code(untrusted: str) -> ProcedureCode | None:
    """The national code inside any printed form of a procedure code, or None.

    >>> parse_procedure_code("1.001193.000.00.00.H56")
    '1.001193'
    """
    found = _PROCEDURE.search(normalised(untrusted))
    return ProcedureCode(found["nat"]) if found else None
