"""Which lines of a header name the issuing agency, and which its parent (Decree 30/2020, Annex I, II.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classify.layout import Segment
from records.vietnamese import folded

# Words that begin the name of an agency, folded. A line that begins so begins a new name …
_STARTER = re.compile(
    r"(?:"
    r"uy ban|ubnd|bch|bcd|hoi dong|hdnd|bo|so|phong|cuc|chi cuc|tong cuc|vien|toa an|cong an|ban|truong|benh vien|"
    r"trung tam|cong ty|tong cong ty|tap doan|chi nhanh|van phong|kho bac|bao hiem|ngan hang|tinh uy|"
    r"thanh uy|huyen uy|quan uy|thi uy|dang uy|dang bo|chi bo|tinh doan|doan|hoi|lien doan|tong lien doan|"
    r"cong doan|mat tran|ubmttq|uy ban mttq|hoc vien|dai hoc|tram|doi|hat|hop tac xa|doanh nghiep|"
    r"dai phat thanh|thanh tra|kiem toan|quoc hoi|chinh phu|thu tuong|chu tich nuoc|xi nghiep|nha may|"
    r"lien hiep|tong doi|bhxh|thanh doan|huyen doan|dien luc|vnpt|buu dien|nha xuat ban|bao tang|thu vien|"
    r"khu bao ton|vuon quoc gia|khoa(?! hoc\b)|quy|hiep hoi|nha van hoa|phan vien|phan hieu|to cong tac|to tham dinh"
    r")(?: |$)"
)
# … unless the name before it cannot end there.
_OPEN = re.compile(
    r"van phong|cong ty|cong ty co phan|cong ty tnhh|cong ty trach nhiem huu han|"
    r"cong ty tnhh mot thanh vien|cong ty tnhh mtv|chi nhanh|trung tam|truong|ban quan ly|hoi dong|uy ban|"
    r"vien|so|bo|phong|cuc|chi cuc|tong cuc|benh vien|doan|hoi|ban|van phong dai dien|chi nhanh van phong|"
    r"hoi lien hiep|tong cong ty"
)
_ENDS_OPEN = re.compile(r"(?: va| cua| ve| thuoc| tai|[-,&–])$")


def begins_agency(key: str) -> bool:
    """Whether a folded line begins the name of an agency.

    >>> begins_agency("so tu phap"), begins_agency("tinh quang ngai"), begins_agency("bong da")
    (True, False, False)
    """
    return _STARTER.match(key.replace("-", " ")) is not None


def names(lines: Sequence[Segment]) -> list[list[Segment]]:
    """The lines of the left block (capitals, top to bottom) as agencies: parents first, the issuing one last."""
    groups: list[list[Segment]] = []
    for line in lines:
        if not groups or (begins_agency(_key(line)) and not _is_open(groups[-1])):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _is_open(group: Sequence[Segment]) -> bool:
    key = folded(" ".join(line.text for line in group)).strip(" .:_*'\"")
    return _OPEN.fullmatch(key) is not None or _ENDS_OPEN.search(key) is not None


def _key(line: Segment) -> str:
    return line.key.strip(" .,:_*'\"|-")
