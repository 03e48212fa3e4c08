"""The operator's view: batches as they are read, and what is wrong with a scan while the paper is still there."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen(
    "batches",
    ("/batches", "/batches/{batch}"),
    menu=10,
    home=frozenset({StaffRole.OPERATOR, StaffRole.ADMINISTRATOR}),
    texts=("reasons", "states"),
)
