"""A frozen set: papers as they were read once, with their facts, so that only the rules differ before and after."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.field_papers import FieldPaper
from ocr.alto import from_alto, to_alto
from records.page import PageText

ReadPaper = tuple[FieldPaper, Sequence[PageText]]


def freeze(papers: Iterable[ReadPaper], folder: Path) -> Iterator[ReadPaper]:
    """Keeps each paper in `folder` (NAME.json, NAME.1.xml, …) and hands it on."""
    folder.mkdir(parents=True, exist_ok=True)
    for paper, texts in papers:
        facts = {
            "kind": paper.kind,
            "document_type": paper.document_type,
            "fields": paper.fields,
            "by_hand": sorted(paper.by_hand),
            "pages": len(texts),
        }
        for number, text in enumerate(texts, start=1):
            (folder / f"{paper.name}.{number}.xml").write_bytes(to_alto(text, page_id=f"page_{number}"))
        (folder / f"{paper.name}.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")
        yield paper, texts


def frozen(folder: Path) -> Iterator[ReadPaper]:
    """The papers of a folder that `freeze` made, by name."""
    for path in sorted(folder.glob("*.json")):
        facts: dict[str, Any] = json.loads(path.read_text("utf-8"))
        texts = [
            from_alto((folder / f"{path.stem}.{number}.xml").read_bytes())
            for number in range(1, facts["pages"] + 1)
        ]
        by_hand = frozenset(facts["by_hand"])
        yield (
            FieldPaper(path.stem, facts["kind"], (), facts["document_type"], facts["fields"], by_hand),
            texts,
        )
