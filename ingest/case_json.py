"""Case data as JSON: an array of objects, or one object a line, read as a stream that keeps one object in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from records.errors import InvalidImport

PORTION = 65_536  # characters read at a time
LARGEST = 1_000_000  # characters of one dossier
_BETWEEN = " \t\r\n,"


def json_objects(path: Path) -> Iterator[dict[str, Any]]:
    """Every object of the array (bare, or the first array inside an object), or of the lines, in order.

    Raises InvalidImport where the text stops being JSON, or an element is no object.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="strict") as file:
            yield from _objects(file)
    except (UnicodeDecodeError, RecursionError) as error:
        raise InvalidImport("the file is no JSON in UTF-8") from error


def _objects(file: TextIO) -> Iterator[dict[str, Any]]:
    decoder, text = json.JSONDecoder(), _after_bracket(file)
    while True:
        text = text.lstrip(_BETWEEN)
        if not text or text.startswith("]"):
            more = "" if text else file.read(PORTION)
            if not more:
                return
            text = more
            continue
        try:
            value, end = decoder.raw_decode(text)
        except json.JSONDecodeError as error:
            more = file.read(PORTION) if len(text) < LARGEST else ""
            if not more:
                raise InvalidImport("the JSON breaks off or is none") from error
            text += more
            continue
        if not isinstance(value, dict):
            raise InvalidImport("a dossier is a JSON object")
        yield value
        text = text[end:]


def _after_bracket(file: TextIO) -> str:
    """The text from the first element on: after the array's bracket, or the whole when every line is an object."""
    head = file.read(PORTION)
    first = head.lstrip()
    if first.startswith("["):
        return first[1:]
    bracket, second = head.find("["), head.find("{", head.find("{") + 1)
    line_ends = head.find("\n")
    is_wrapped = (
        bracket != -1 and (second == -1 or bracket < second) and not _is_object(head[: line_ends + 1])
    )
    return head[bracket + 1 :] if is_wrapped else head


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
