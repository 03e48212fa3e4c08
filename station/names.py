"""Names of files: which ones a scanner is still writing, in what order people mean them, and how they are declared."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120  # characters of a declared name; the service takes 200, a disk 255 bytes
_UNFINISHED = re.compile(
    r"^[.~]|\.(?:tmp|temp|part|partial|crdownload|filepart|lock|txt|ini|db|lnk)$", re.IGNORECASE
)


def is_passed_over(name: str) -> bool:
    """Whether a name is that of no scan: hidden, temporary, or a note beside a refused file.

    >>> is_passed_over("scan-1.pdf"), is_passed_over("scan-1.pdf.tmp"), is_passed_over("Thumbs.db")
    (False, True, True)
    """
    return _UNFINISHED.search(name) is not None


def natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts numbers in names by their value.

    >>> sorted(["scan10.pdf", "scan9.pdf"], key=natural)
    ['scan9.pdf', 'scan10.pdf']
    """
    parts = re.split(r"(\d+)", name)
    return [(int(part), "") if part.isdigit() else (0, part.casefold()) for part in parts]


def declared_name(name: str) -> str:
    """A name as the service takes it: NFC, printable, its end kept when it is long."""
    whole = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    printable = "".join(c if c.isprintable() else "_" for c in whole).strip() or "_"
    while len(printable.encode()) > 2 * LONGEST or len(printable) > LONGEST:
        printable = printable[len(printable) - min(len(printable) - 1, LONGEST) :]
    return printable
