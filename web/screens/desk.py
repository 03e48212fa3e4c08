"""The clerk's desk: one paper at a time, its image beside its fields; others may look."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen(
    "desk",
    ("/desk", "/desk/{record}", "/verify/{record}"),
    roles=frozenset({StaffRole.CLERK, StaffRole.AUDITOR}),
    part_of="verify",
    texts=("fields", "reasons", "states", "rescan", "sheets", "events"),
    asks=("/api/document-types", "/api/units"),
)
