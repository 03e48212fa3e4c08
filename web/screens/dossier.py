"""One dossier: what the case system says, its papers, and the searchable PDF in the page."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen(
    "dossier",
    ("/dossiers", "/dossiers/{code}"),
    roles=frozenset({StaffRole.CLERK, StaffRole.AUDITOR}),
    menu=30,
    texts=("states", "exemptions", "events"),
)
