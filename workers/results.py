"""The files that reading leaves in a folder: all of a paper's or none, and never half of one."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from records.errors import ResultsNotWritten

SUFFIXES = (".txt", ".pdf", ".alto.xml", ".json")  # in the order in which they come into place
LONGEST_NAME = 200  # bytes: a suffix follows, and file systems take 255


def publish(out: Path, name: str, results: Mapping[str, bytes]) -> None:
    """Put NAME's results, by suffix, into `out`; what a former run left under NAME goes away.

    All are written beside their places before the first is moved there. Raises ResultsNotWritten, and then what
    was there before is still there.
    """
    outdated = SUFFIXES if _is_ours(out / f"{name}.json") else ()
    try:
        for suffix, data in results.items():
            part(out, name, suffix).write_bytes(data)
        for suffix in SUFFIXES:
            if suffix in results:
                part(out, name, suffix).replace(out / f"{name}{suffix}")
            elif suffix in outdated:
                (out / f"{name}{suffix}").unlink(missing_ok=True)
    except OSError as why:
        raise ResultsNotWritten(why.strerror or "", folder=str(out)) from why
    finally:
        discard(out, name)


def part(out: Path, name: str, suffix: str) -> Path:
    """Where a result is written before it is whole."""
    return out / f"{name}{suffix}.part"


def discard(out: Path, name: str) -> None:
    """Remove what was being written when its writer ended."""
    for suffix in SUFFIXES:
        with suppress(OSError):
            part(out, name, suffix).unlink(missing_ok=True)


def shown_name(path: Path) -> str:
    """A file's name as text; bytes of it that are no UTF-8 show as U+FFFD."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _is_ours(document: Path) -> bool:
    """Whether a former run wrote this NAME.json: another's files of the same name are not removed."""
    try:
        said = json.loads(document.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and {"source", "quality", "error"} <= said.keys()
