"""The components that case data lists for a dossier: TaiLieuNop in JSON, or one cell of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from records.components import DossierComponent
from records.dossier import ExemptionReason
from records.vietnamese import folded, single_spaced

MOST = 200  # components of one dossier
_FIELDS = {
    "component": ("component", "code", "MaThanhPhanHoSo", "MaThanhPhan"),
    "name": ("name", "TenThanhPhan", "TenThanhPhanHoSo", "TenGiayTo"),
    "requested": ("requested", "YeuCauSoHoa"),
    "reused": ("reused", "DuocTaiSuDung"),
    "shared": ("shared", "DuocLayTuKhoDMQG"),
    "replaced_by": ("replaced_by", "MaKetQuaThayThe"),
    "exempt_reason": ("exempt_reason", "LyDoKhongSoHoa"),
}
_KNOWN = {folded(theirs): ours for ours, many in _FIELDS.items() for theirs in many}
_WORDS = ("", "requested", "reused", "shared")
_YES, _NO = {"1", "true", "co", "x", "yes"}, {"", "0", "false", "khong", "no"}


def components_of(untrusted: object) -> tuple[DossierComponent, ...] | None:
    """The components, or None where nothing is said of them; raises ValueError.

    A cell lists codes, each perhaps with what is so: `TP01; TP02=reused; TP03=PHOTOCOPY; TP04=requested`.

    >>> [(c.component, c.reused, c.exempt_reason) for c in components_of("TP01; TP02=PHOTOCOPY; TP03=reused")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('TP01', False, None), ('TP02', False, <ExemptionReason.PHOTOCOPY: 'PHOTOCOPY'>), ('TP03', True, None)]
    """
    if untrusted is None or untrusted == "":
        return None
    if isinstance(untrusted, list):
        return _checked([_from_object(one) for one in untrusted[: MOST + 1]])
    return _from_cell(str(untrusted))


@lru_cache(maxsize=4096)
def _from_cell(untrusted: str) -> tuple[DossierComponent, ...]:
    """Dossiers of a procedure mostly list the same."""
    parts = [part for part in re.split(r"[;\n]", untrusted) if part.strip()]
    return _checked([_from_text(part) for part in parts[: MOST + 1]])


def _checked(found: list[DossierComponent]) -> tuple[DossierComponent, ...]:
    if len(found) > MOST or len({one.component for one in found}) < len(found):
        raise ValueError(f"components: more than {MOST}, or one of them twice")
    return tuple(found)


def _from_object(untrusted: object) -> DossierComponent:
    if not isinstance(untrusted, Mapping):
        raise ValueError("components: each is an object with MaThanhPhanHoSo")
    said: dict[str, Any] = {}
    for key, value in untrusted.items():
        ours = _KNOWN.get(folded(str(key)))
        if ours is not None and ours not in said:
            said[ours] = single_spaced(str(value)) if value is not None else ""
    return DossierComponent(
        component=_code(said.get("component", "")),
        name=said.get("name", ""),
        requested=_flag(said.get("requested", "")),
        reused=_flag(said.get("reused", "")),
        shared=_flag(said.get("shared", "")),
        replaced_by=said.get("replaced_by") or None,
        exempt_reason=_reason(said.get("exempt_reason", "")),
    )


def _from_text(untrusted: str) -> DossierComponent:
    code, _, said = (part.strip() for part in untrusted.partition("="))
    word = folded(said)
    plain = DossierComponent(
        _code(code), requested=word == "requested", reused=word == "reused", shared=word == "shared"
    )
    return plain if word in _WORDS else replace(plain, exempt_reason=_reason(said))


def _code(untrusted: str) -> str:
    if not re.fullmatch(r"[\w.\-/]{1,64}", untrusted):
        raise ValueError("components: a code has 1 to 64 letters, digits, dots, dashes")
    return untrusted


def _flag(untrusted: str) -> bool:
    word = folded(untrusted)
    if word not in _YES | _NO:
        raise ValueError("components: neither 1 nor 0")
    return word in _YES


def _reason(untrusted: str) -> ExemptionReason | None:
    if not untrusted:
        return None
    try:
        return ExemptionReason(untrusted.upper())
    except ValueError:
        raise ValueError("components: not one of the reasons " + ", ".join(ExemptionReason)) from None
