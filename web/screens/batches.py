"""The operator's view: batches as they are read, files sent from the browser, cover sheets to print."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen(
    "batches",
    ("/batches",),
    menu=10,
    home=frozenset({StaffRole.OPERATOR, StaffRole.ADMINISTRATOR}),
    texts=("states", "rescan", "upload"),
)
