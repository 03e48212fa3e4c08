"""Ground truth as JSON, for benches and trainers that do not speak Python.

    {"kind", "document_type", "seed", "separator", "text",
     "fields": {name: {"value": str|null, "page": int|null, "box": [x0,y0,x1,y1]|null, "handwritten": bool}},
     "extras": {…},
     "pages": [{"number", "width", "height", "dpi", "mode", "rotation", "skew", "blank", "damages": [str], "text",
                "lines": [{"text", "box", "words": [{"text", "box", "handwritten", "tags": [str]}]}],
                "overlays": [{"kind", "text", "box"}]}]}

Pages count from 1. Boxes are pixels of the finished image. `text` of a document parts its pages by form feeds.
"""

from __future__ import annotations

import json
from typing import Any

from samples.truth import DocumentTruth, Field, Line, PageTruth


def as_json(truth: DocumentTruth) -> dict[str, Any]:
    """The whole truth of one paper as plain JSON values (schema: this module's docstring)."""
    return {
        "kind": truth.kind,
        "document_type": truth.document_type,
        "seed": truth.seed,
        "separator": truth.separator,
        "text": truth.text,
        "fields": {name: _field(value) for name, value in truth.fields.items()},
        "extras": truth.extras,
        "pages": [_page(page) for page in truth.pages],
    }


def dumps(truth: DocumentTruth) -> str:
    """`as_json` as text: UTF-8 letters, stable order, one blank of indent."""
    return json.dumps(as_json(truth), ensure_ascii=False, indent=1)


def _field(field: Field) -> dict[str, Any]:
    box = field.box.as_list() if field.box else None
    return {"value": field.value, "page": field.page, "box": box, "handwritten": field.handwritten}


def _page(page: PageTruth) -> dict[str, Any]:
    plain = ("number", "width", "height", "dpi", "mode", "rotation", "skew", "blank", "text")
    return {name: getattr(page, name) for name in plain} | {
        "damages": list(page.damages),
        "lines": [_line(line) for line in page.lines],
        "overlays": [{"kind": o.kind, "text": o.text, "box": o.box.as_list()} for o in page.overlays],
    }


def _line(line: Line) -> dict[str, Any]:
    words = [
        {"text": w.text, "box": w.box.as_list(), "handwritten": w.handwritten, "tags": list(w.tags)}
        for w in line.words
    ]
    return {"text": line.text, "box": line.box.as_list(), "words": words}
