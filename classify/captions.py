"""What certificates, permits and extracts say after which caption: data, one row a field and type.

Captions are those of the forms in force (Circulars 04/2020/TT-BTP, 23/2014/TT-BTNMT, 01/2021/TT-BKHĐT, Decree 15/2021);
folded regular expressions. Where a form has several wordings over the years, all are given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from records.ids import DocumentTypeCode


class Kind(Enum):
    """What a value must be like to be believed."""

    PERSON = "person"
    DAY = "day"
    ID = "id"
    NUMBER = "number"  # of a parcel or a map sheet
    AREA = "area"
    SEX = "sex"
    MONEY = "money"
    TEXT = "text"  # words on one line
    PLACE = "place"  # words that may run over several lines
    BUSINESS = "business"  # the code of a household business
    BOOK = "book"  # CH01234, CS01234


@dataclass(frozen=True)
class Caption:
    name: str
    pattern: re.Pattern[str]
    kind: Kind
    under: str | None = None  # the field of the person that it belongs to, where a form tells of several
    others: tuple[re.Pattern[str], ...] = ()  # captions of the names of the others

    def of_another(self, key: str) -> bool:
        """Whether a line (folded) begins what is told of another person."""
        return any(pattern.search(key) for pattern in self.others)


_BORN = r"(?:ngay, thang, nam sinh|ngay sinh|sinh ngay|ngay thang nam sinh)\s*:"
_ID = (
    r"(?:so dinh danh ca nhan(?:/cmnd)?|so giay to phap ly(?: cua ca nhan)?|giay to tuy than(?: so)?|"
    r"(?:so )?(?:cccd|cmnd)(?:/cmnd|/cccd)?(?: so)?)\s*:"
)
_PERSON_ROWS: tuple[tuple[str, str, Kind], ...] = (
    ("full_name", r"(?:^|\W)(?:ho, chu dem, ten|ho va ten|ho ten)\s*:", Kind.PERSON),
    ("dob", _BORN, Kind.DAY),
    ("sex", r"gioi tinh\s*:", Kind.SEX),
    ("id_no", _ID, Kind.ID),
)
_LAND: tuple[tuple[str, str, Kind], ...] = (
    ("parcel", r"(?:thua dat so|so thu tu thua(?: dat)?|thua so)\s*:?", Kind.NUMBER),
    ("map_sheet", r"to ban do so\s*:?", Kind.NUMBER),
)
_VALID = ("valid_to", r"(?:co gia tri (?:den|toi) het|co hieu luc den(?: het)?)", Kind.DAY)
_REGISTERED = ("reg_date", r"ngay, thang, nam(?: dang ky)?\s*:?\s*(?=\d)", Kind.DAY)
_BIRTH: tuple[tuple[str, str, Kind], ...] = (
    *_PERSON_ROWS,
    ("birth_place", r"noi sinh\s*:", Kind.PLACE),
    ("mother", r"ten nguoi me\s*:", Kind.PERSON),
    ("father", r"ten nguoi cha\s*:", Kind.PERSON),
    ("reg_office", r"(?:dang ky khai sinh tai|noi dang ky khai sinh)\s*:", Kind.PLACE),
    _REGISTERED,
)
_COUPLE: tuple[tuple[str, str, Kind], ...] = (
    ("wife", r"ho, chu dem, ten vo\s*:", Kind.PERSON),
    ("husband", r"ho, chu dem, ten chong\s*:", Kind.PERSON),
    ("reg_office", r"(?:dang ky ket hon tai|noi dang ky ket hon)\s*:", Kind.PLACE),
    _REGISTERED,
)
# Fields of one of several persons: under whose name they stand.
_OF_PERSONS: dict[str, tuple[str, ...]] = {
    "TLKH": ("wife", "husband"),
    "GCNKH": ("wife", "husband"),
    "TLCMC": ("parent", "child"),
    "TLGH": ("guardian", "ward"),
}
_ROWS: dict[str, tuple[tuple[str, str, Kind], ...]] = {
    "GKS": _BIRTH,
    "TLKS": _BIRTH,
    "TLKT": (
        *_PERSON_ROWS,
        ("death_place", r"(?:noi chet|da chet tai)\s*:", Kind.PLACE),
        ("reg_office", r"dang ky khai tu tai\s*:", Kind.PLACE),
    ),
    "TLKH": _COUPLE,
    "GCNKH": _COUPLE,
    "TLCC": _PERSON_ROWS,
    "TLCMC": (
        ("parent", r"ten nguoi nhan(?: la)?[^:]*:", Kind.PERSON),
        ("child", r"ten nguoi duoc nhan[^:]*:", Kind.PERSON),
        ("relation", r"quan he voi nguoi nhan\s*:", Kind.TEXT),
        ("reg_office", r"dang ky nhan cha, me, con tai\s*:", Kind.PLACE),
    ),
    "TLGH": (
        ("guardian", r"ten nguoi giam ho\s*:", Kind.PERSON),
        ("ward", r"ten nguoi duoc giam ho\s*:", Kind.PERSON),
        ("reg_office", r"dang ky giam ho tai\s*:", Kind.PLACE),
    ),
    "GXN": (
        (
            "full_name",
            r"(?:xac nhan (?:ong|ba)[^:]*|^\W*(?:ong/ba|ong|ba)|ho va ten|ho, chu dem, ten)\s*:",
            Kind.PERSON,
        ),
        ("id_no", _ID, Kind.ID),
    ),
    "XNHN": (
        *_PERSON_ROWS,
        ("residence", r"noi cu tru\s*:", Kind.PLACE),
        ("status", r"tinh trang hon nhan\s*:", Kind.PLACE),
        ("purpose", r"giay nay duoc (?:cap|su dung) de\s*:", Kind.PLACE),
        _VALID,
    ),
    "XNKT": (
        *_PERSON_ROWS,
        ("residence", r"noi dang ky thuong tru\s*:", Kind.PLACE),
        ("disability_type", r"dang (?:khuyet )?tat\s*:", Kind.TEXT),
        ("degree", r"muc do (?:khuyet tat)?\s*:", Kind.TEXT),
    ),
    "GPXD": (
        ("owner", r"(?:cap cho|ten chu dau tu|chu dau tu)\s*:", Kind.PERSON),
        ("id_no", r"(?:cccd|cmnd)[^:]{0,12}:", Kind.ID),
        *_LAND,
        ("floor_area", r"tong dien tich san(?: xay dung)?\s*:", Kind.AREA),
        ("storeys", r"so tang\s*:", Kind.NUMBER),
    ),
    "HKD": (
        ("business_code", r"(?:^\W*so|ma so(?: ho kinh doanh| dang ky ho kinh doanh)?)\s*:", Kind.BUSINESS),
        ("business_name", r"ten ho kinh doanh(?: \([^)]*\))?\s*:", Kind.PLACE),
        (
            "address",
            r"(?:dia diem kinh doanh|dia chi tru so(?: ho kinh doanh)?|tru so ho kinh doanh)\s*:",
            Kind.PLACE,
        ),
        ("sector", r"nganh, nghe kinh doanh\s*:", Kind.PLACE),
        ("capital", r"von kinh doanh\s*:", Kind.MONEY),
        ("owner", r"(?:ho va ten|ho ten)(?: \([^)]*\))?\s*:", Kind.PERSON),
        ("dob", _BORN, Kind.DAY),
        ("id_no", _ID, Kind.ID),
        ("first_issue_date", r"dang ky lan dau[\s,:;]*", Kind.DAY),
    ),
    "TBHKD": (("business_code", r"(?:ma so|kinh doanh|so)\s*:", Kind.BUSINESS),),
    "GCNQSDD": (
        ("owner", r"^\W*(?:ho )?(?:ong|ba)\s*:", Kind.PERSON),
        ("id_no", r"(?:cccd|cmnd)[^:]{0,12}:", Kind.ID),
        *_LAND,
        ("address", r"^\W*b\) dia chi\s*:", Kind.PLACE),
        ("area", r"^\W*c\) dien tich\s*:", Kind.AREA),
        ("purpose", r"muc dich su dung(?: dat)?\s*:", Kind.TEXT),
        ("term", r"thoi han(?: su dung(?: dat)?)?\s*:", Kind.TEXT),
        ("book_no", r"so vao s[o6] cap gcn[^:]*:", Kind.BOOK),
    ),
    "TDBD": (*_LAND, ("area", r"dien tich\s*:", Kind.AREA)),
    "HDCN": _LAND,
    "HDTC": _LAND,
    "ATTP": (
        ("business_name", r"^\W*(?:co so|ten co so)\s*:", Kind.TEXT),
        ("holder", r"chu co so\s*:", Kind.PERSON),
        _VALID,
    ),
    "GPRUOU": (("holder", r"cho phep\s*:", Kind.PERSON), _VALID),
    "GPTL": (("holder", r"cho phep\s*:", Kind.PERSON), _VALID),
    "PXL": (("new_due", r"(?:hen lai|tra ket qua (?:moi|vao ngay)|ngay hen tra moi)[^:]{0,40}:", Kind.DAY),),
}


def _of_person(name: str, others: tuple[re.Pattern[str], ...]) -> tuple[Caption, ...]:
    return (
        Caption(f"{name}_dob", re.compile(_BORN), Kind.DAY, name, others),
        Caption(f"{name}_id", re.compile(_ID), Kind.ID, name, others),
    )


def _of_type(code: str) -> tuple[Caption, ...]:
    own = tuple(Caption(name, re.compile(pattern), kind) for name, pattern, kind in _ROWS[code])
    persons = {row.name: row.pattern for row in own if row.name in _OF_PERSONS.get(code, ())}
    return own + tuple(
        row
        for name in persons
        for row in _of_person(name, tuple(pattern for one, pattern in persons.items() if one != name))
    )


CAPTIONS: dict[DocumentTypeCode, tuple[Caption, ...]] = {
    DocumentTypeCode(code): _of_type(code) for code in _ROWS
}
NEXT_PERSON = re.compile(r"^\W*(?:ho, chu dem, ten|ho va ten)\b")
