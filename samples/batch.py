"""Puts whole dossiers together as a scanning station sends them: receipt, papers, blank backs, in files of several kinds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

from PIL import Image

from samples import pack
from samples.damage import some_damage
from samples.documents import Document, make_blank, make_document
from samples.dossiers import DISTRICT, PROVINCE, make_dossiers, unit_area
from samples.procedures import procedures
from samples.truth import DocumentTruth, PageTruth

Layout = Literal["one_pdf", "pdf", "tiff", "jpeg", "png", "mixed"]


@dataclass(frozen=True)
class FiledPage:
    """A page of a file (`number` from 1): which paper of the batch it is a page of, and the truth about it.

    `document` indexes `SampleBatch.documents`; a blank back belongs to the paper before it and has no `document_page`.
    """

    number: int
    document: int
    document_page: int | None
    truth: PageTruth


@dataclass(frozen=True)
class SampleFile:
    """One file as it comes off the scanner."""

    name: str
    data: bytes
    media_type: str
    pages: tuple[FiledPage, ...]

    @property
    def sha256(self) -> str:
        """The fixity of the bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class FiledDocument:
    """The truth about one paper and the dossier it belongs to; `role` is receipt, component or result."""

    truth: DocumentTruth
    dossier_code: str
    role: str
    component: str = ""


@dataclass(frozen=True)
class SampleBatch:
    """Files, the papers in them, and the dossiers that they belong to."""

    seed: int
    files: tuple[SampleFile, ...]
    documents: tuple[FiledDocument, ...]
    dossiers: tuple[dict[str, str], ...]

    @property
    def manifest(self) -> dict[str, Any]:
        """What a station declares (name, sha256, bytes, media type, pages of each file) and what is really inside."""
        return {
            "seed": self.seed,
            "files": [self._file(file) for file in self.files],
            "documents": [
                {
                    "dossier_code": one.dossier_code,
                    "role": one.role,
                    "component": one.component,
                    "kind": one.truth.kind,
                    "document_type": one.truth.document_type,
                    "separator": one.truth.separator,
                    "pages": len(one.truth.pages),
                }
                for one in self.documents
            ],
        }

    @staticmethod
    def _file(file: SampleFile) -> dict[str, Any]:
        return {
            "name": file.name,
            "sha256": file.sha256,
            "bytes": len(file.data),
            "media_type": file.media_type,
            "pages": [
                {
                    "number": p.number,
                    "document": p.document,
                    "document_page": p.document_page,
                    "blank": p.truth.blank,
                }
                for p in file.pages
            ],
        }


@dataclass(frozen=True)
class _Stack:
    """The pages of one dossier on the feeder."""

    images: list[Image.Image]
    pages: list[FiledPage]


def make_batch(
    seed: int,
    dossiers: int | Sequence[Mapping[str, str]] = 3,
    *,
    layout: Layout = "mixed",
    blank_backs: float = 0.08,
    results: bool = True,
    **options: Any,
) -> SampleBatch:
    """A batch of dossiers, each a receipt with its papers; the same arguments give the same bytes.

    dossiers: how many, or rows of `make_dossiers`. layout: all in `one_pdf`, a `pdf` or `tiff` for each dossier, a `jpeg`
    or `png` for each page, or `mixed`. blank_backs: the share of sheets whose empty back was scanned too. results: also the
    result of resolved dossiers. options: passed to `make_document` (dpi, mode, clean, severity, upright).
    """
    rng = Random(f"batch/{seed}")
    rows = make_dossiers(seed, dossiers) if isinstance(dossiers, int) else [dict(row) for row in dossiers]
    documents: list[FiledDocument] = []
    stacks = [_stack(rng, row, documents, blank_backs, results, options) for row in rows]
    files = _files(rng, seed, stacks, layout)
    return SampleBatch(seed, tuple(files), tuple(documents), tuple(rows))


def _stack(
    rng: Random,
    row: Mapping[str, str],
    documents: list[FiledDocument],
    blanks: float,
    results: bool,
    options: Mapping[str, Any],
) -> _Stack:
    stack = _Stack([], [])
    for kind, role, component, given in _papers(row, results):
        paper = make_document(rng.getrandbits(32), kind, **{**options, **given})
        documents.append(FiledDocument(paper.truth, row["MaHoSo"], role, component))
        _lay(rng, stack, paper, len(documents) - 1, blanks)
    return stack


def _papers(row: Mapping[str, str], results: bool) -> list[tuple[str, str, str, dict[str, Any]]]:
    """(kind, role, component, given facts) of every paper of a dossier, receipt first."""
    procedure = procedures()[row["MaTTHC"]]
    received = date.fromisoformat(row["NgayTiepNhan"])
    place = {"province": PROVINCE, "district": DISTRICT, "applicant": row["ChuHoSo"]}
    area = unit_area(row["MaDonVi"])
    place |= {"commune": area} if area else {}
    facts = {"dossier_code": row["MaHoSo"], "procedure_code": row["MaTTHC"], "procedure_name": row["TenTTHC"]}
    facts |= {"id_no": row["SoDinhDanh"], "address": row["DiaChi"]}
    days = {"received": received, "due": date.fromisoformat(row["NgayHenTra"])}
    papers = [("receipt", "receipt", "", place | facts | days)]
    before = {"issued": received - timedelta(days=3)}
    papers += [(kind, "component", name, place | before) for name, kind in procedure.components if kind]
    if results and row.get("NgayKetThucXuLy"):
        papers.append(
            (procedure.result, "result", "", place | {"issued": date.fromisoformat(row["NgayKetThucXuLy"])})
        )
    return papers


def _lay(rng: Random, stack: _Stack, paper: Document, index: int, blanks: float) -> None:
    for image, truth in zip(paper.pages, paper.truth.pages, strict=True):
        stack.images.append(image)
        stack.pages.append(FiledPage(len(stack.images), index, truth.number, truth))
        if rng.random() < blanks:
            back, empty = make_blank(rng, truth, some_damage(rng, 0.7, truth.mode, upright=True), image)
            stack.images.append(back)
            stack.pages.append(FiledPage(len(stack.images), index, None, empty))


def _files(rng: Random, seed: int, stacks: Sequence[_Stack], layout: Layout) -> list[SampleFile]:
    if layout == "one_pdf":
        images = [image for stack in stacks for image in stack.images]
        pages = [page for stack in stacks for page in stack.pages]
        return [_many(f"scan_{seed:04d}.pdf", images, pages, "pdf")]
    files: list[SampleFile] = []
    for number, stack in enumerate(stacks, 1):
        how = rng.choices(("pdf", "tiff", "jpeg", "png"), (60, 18, 16, 6))[0] if layout == "mixed" else layout
        stem = f"scan_{seed:04d}_{number:03d}"
        if how in ("pdf", "tiff"):
            files.append(_many(f"{stem}.{'tif' if how == 'tiff' else how}", stack.images, stack.pages, how))
        else:
            files += _singles(stem, stack, how)
    return files


def _many(name: str, images: Sequence[Image.Image], pages: Sequence[FiledPage], how: str) -> SampleFile:
    data = pack.pdf(images) if how == "pdf" else pack.tiff(images)
    media = "application/pdf" if how == "pdf" else "image/tiff"
    renumbered = tuple(FiledPage(n, p.document, p.document_page, p.truth) for n, p in enumerate(pages, 1))
    return SampleFile(name, data, media, renumbered)


def _singles(stem: str, stack: _Stack, how: str) -> list[SampleFile]:
    files = []
    for image, page in zip(stack.images, stack.pages, strict=True):
        data = pack.jpeg(image) if how == "jpeg" else pack.png(image)
        only = FiledPage(1, page.document, page.document_page, page.truth)
        name = f"{stem}_{page.number:03d}.{'jpg' if how == 'jpeg' else how}"
        files.append(SampleFile(name, data, f"image/{how}", (only,)))
    return files
