"""Types told by what their forms always print in the body, for pages whose ornate title could not be read."""

from __future__ import annotations

import re

from classify.layout import Layout
from records.ids import DocumentTypeCode

# Every pattern of a type has to be found on its first page (folded lines).
_CUES: dict[DocumentTypeCode, tuple[re.Pattern[str], ...]] = {
    DocumentTypeCode(code): tuple(map(re.compile, patterns))
    for code, patterns in {
        "GCNQSDD": (r"chu so huu nha o (?:va|,) tai san khac gan lien voi dat", r"thua dat"),
        "GCNKH": (r"ten vo\b", r"ten chong\b", r"quyen so|^\W*so\b"),
        "GKS": (r"ten nguoi me\b|ten me\b", r"ten nguoi cha\b|ten cha\b", r"noi sinh|que quan"),
        "CCCD": (r"socialist republic|citizen identity", r"full name", r"place of origin|date of expiry"),
        "GCS": (r"da sinh con|ho ten me", r"gioi tinh cua con|can nang"),
    }.items()
}
CONFIDENCE = 0.7


def type_by_cues(layout: Layout) -> DocumentTypeCode | None:
    """The one type all of whose cues stand on this page; None when none or several do."""
    keys = [segment.key for segment in layout.segments]
    fits = [
        code
        for code, patterns in _CUES.items()
        if all(any(pattern.search(key) for key in keys) for pattern in patterns)
    ]
    return fits[0] if len(fits) == 1 else None
