"""A decoder that goes wrong in the way that its first argument names; speaks the protocol until then."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.ingest.made_files import colour_page, jpeg

PAGES = 3
FACTS: dict[str, Any] = {
    "number": 1,
    "width": 62,
    "height": 87,
    "media_type": "image/jpeg",
    "quality": {
        "dpi": 300,
        "dpi_source": "pdf",
        "colour": "colour",
        "skew": 0.0,
        "sharpness": 1.0,
        "ink": 0.1,
        "cut_edges": [],
        "flags": [],
    },
    "barcodes": [],
}


def say(**said: object) -> None:
    os.write(1, json.dumps(said).encode() + b"\n")


def page(number: int, scratch: Path, **changed: Any) -> None:
    (scratch / f"{number}.jpg").write_bytes(jpeg(colour_page(62, 87)))
    say(page={**FACTS, "number": number, **changed})


def crash() -> None:
    ctypes.string_at(0)


def misbehave(how: str, number: int, scratch: Path, job: dict[str, Any]) -> None:
    """What is done in the place of page 2."""
    careful = bool(job["careful"])
    if how == "crash" or (how == "crash_once" and not careful):
        crash()
    elif how == "crash_once":
        page(number, scratch)
    elif how == "hang":
        time.sleep(600)
    elif how == "hang_with_a_child":
        subprocess.Popen(["sleep", "600"])
        time.sleep(600)
    elif how == "fail":
        say(failed=number, error="image_too_large")
    elif how == "find_no_room":
        say(failed=number, error="scratch_full")
    elif how == "lie_about_the_size":
        page(number, scratch, width=10_000)
    elif how == "link":
        (scratch / "2.jpg").symlink_to("/etc/passwd")
        say(page={**FACTS, "number": number})
    elif how == "point_elsewhere":
        page(number, scratch, media_type="../../../../etc/passwd")
    elif how == "skip":
        page(number + 1, scratch)
    elif how == "babble":
        os.write(1, b"no JSON at all\n")
    elif how == "babble_without_end":
        while True:
            os.write(1, b"x" * 65536)
    elif how.startswith("words:"):
        (scratch / "2.words.json").write_text(how.removeprefix("words:"))
        page(number, scratch, has_words=True)
    elif how == "shout":
        say(page={**FACTS, "number": number, "quality": {**FACTS["quality"], "flags": ["<script>"]}})


def main() -> None:
    how = sys.argv[1]
    job = json.loads(sys.stdin.buffer.readline())
    scratch = Path(job["scratch"])
    if how == "die_at_once":
        crash()
    if how == "refuse":
        return say(error="encrypted_file")
    if how == "refuse_with_nonsense":
        return say(error="database_unavailable")
    say(pages=10_000_000 if how == "count_too_far" else PAGES)
    for number in range(job["first_page"], PAGES + 1):
        if not sys.stdin.buffer.readline():
            return None
        if number == 2:
            misbehave(how, number, scratch, job)
        else:
            page(number, scratch)
    return None


if __name__ == "__main__":
    main()
