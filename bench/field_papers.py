"""Papers with the facts that stand on them: a folder of scans with sidecars, or generated samples of some seeds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.papers import images
from classify.components import CERTIFIED_COPY, PHOTOCOPY
from classify.signer_title import authorities
from samples.truth import DocumentTruth

# Names in the sidecars of scans → our names, and kinds → codes of the taxonomy.
_FIELDS = {
    "number": "number_symbol",
    "authority": "issuing_authority",
    "date": "issue_date",
    "place": "place",
    "subject": "subject",
    "signer_name": "signer_name",
    "signer_title": "signer_title",
    "dossier_code": "dossier_code",
    "addressee": "addressee",
    "urgency": "urgency",
}
_KINDS = {
    "to_trinh": "TTR",
    "cong_van": "CV",
    "quyet_dinh": "QD",
    "chi_thi": "CT",
    "thong_bao": "TB",
    "bao_cao": "BC",
    "ke_hoach": "KH",
    "nghi_quyet": "NQ",
    "bien_ban": "BB",
    "giay_moi": "GM",
    "huong_dan": "HD",
    "chuong_trinh": "CTR",
    "nghi_dinh": "ND",
    "thong_tu": "TT",
    "hop_dong": "HDG",
    "hoa_don": "HOADON",
    "giay_uy_quyen": "GUQ",
    "giay_phep_xay_dung": "GPXD",
}
_EXEMPT = {"bản sao": CERTIFIED_COPY, "bản chụp": PHOTOCOPY}
_BY_HAND = {"number": "number_symbol", "date": "issue_date"}


@dataclass(frozen=True, slots=True)
class FieldPaper:
    """One paper: its page images (H×W×3 RGB) with their dpi, its type, and its fields.

    A field that is absent is not graded; None means that the paper has no such field. `by_hand` names the fields
    that a pen or a date stamp wrote.
    """

    name: str
    kind: str
    pages: tuple[tuple[NDArray[np.uint8], int], ...]
    document_type: str | None
    fields: dict[str, str | None]
    by_hand: frozenset[str]


def scanned(folder: Path) -> Iterator[FieldPaper]:
    """The files in `folder` whose sidecar `NAME.json` holds `fields`."""
    for sidecar in sorted(folder.glob("*.json")):
        facts: Any = json.loads(sidecar.read_text(encoding="utf-8"))
        source = next((p for p in sorted(folder.glob(f"{sidecar.stem}.*")) if p.suffix != ".json"), None)
        if source is not None and isinstance(facts, dict) and "fields" in facts:
            yield _scan(sidecar.stem, facts, source)


def _scan(name: str, facts: dict[str, Any], source: Path) -> FieldPaper:
    stated: dict[str, Any] = facts["fields"]
    marks = [*stated.get("handwritten", ()), *stated.get("stamped", ())]
    by_hand = frozenset(_BY_HAND[mark.split(".")[0]] for mark in marks if mark.split(".")[0] in _BY_HAND)
    document_type, fields = _truth(facts)
    return FieldPaper(name, facts["kind"], tuple(images(source)), document_type, fields, by_hand)


def truth_beside(scan: Path) -> tuple[str | None, dict[str, str | None]]:
    """The code of the type and the fields that the sidecar of a scan states; nothing where there is none."""
    sidecar = scan.with_suffix(".json")
    facts: Any = json.loads(sidecar.read_text(encoding="utf-8")) if sidecar.is_file() else {}
    return _truth(facts) if isinstance(facts, dict) and "fields" in facts else (None, {})


def _truth(facts: dict[str, Any]) -> tuple[str | None, dict[str, str | None]]:
    stated: dict[str, Any] = facts["fields"]
    fields = {ours: stated[theirs] for theirs, ours in _FIELDS.items() if theirs in stated}
    return _KINDS.get(facts["kind"]), fields


def told_besides(truth: DocumentTruth) -> dict[str, str | None]:
    """What a generated paper says of addressees, urgency, authorities and a receipt's list of papers.

    Exemptions are the reasons of Circular 01/2023 that follow from the kind of copy, "–" for a paper without one.
    """
    said, title = truth.extras, truth.fields.get("signer_title")
    found: dict[str, str | None] = {
        "addressee": "; ".join(said.get("recipients", ())) or None,
        "urgency": said.get("urgency"),
        "signature_authority": (authorities(title.value) or None) if title and title.value else None,
    }
    if "parent_authority" in said:  # letterheads note it, forms do not
        found["parent_authority"] = said["parent_authority"]
    if "component_kinds" in said:
        exempt = [_EXEMPT.get(kind, "–") for kind in said["component_kinds"]]
        found |= {"component_names": "; ".join(said["components"]), "exemptions": "; ".join(exempt)}
    return found


def generated(first: int, last: int) -> Iterator[FieldPaper]:
    """The generated papers of the seeds `first` … `last` - 1."""
    from samples import make_document  # heavy: fonts are looked for

    for seed in range(first, last):
        document = make_document(seed)
        truth = document.truth
        pages = tuple(
            (np.ascontiguousarray(np.asarray(image.convert("RGB"), np.uint8)), page.dpi)
            for image, page in zip(document.pages, truth.pages, strict=True)
        )
        yield FieldPaper(
            f"seed {seed}",
            truth.kind,
            pages,
            truth.document_type,
            {name: field.value for name, field in truth.fields.items()} | told_besides(truth),
            frozenset(name for name, field in truth.fields.items() if field.handwritten),
        )
