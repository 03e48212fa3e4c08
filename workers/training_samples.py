"""Made-up papers as training material: their words as an engine would hand them on, misread here and there.

The layouts of samples/ are printed small, for only words and places count; no page is recognised. Titles are often left
out, as stamps and poor scans do, so that the model learns to tell a paper by its body too.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING

from classify.blocks import read_head
from classify.layout import laid_out
from classify.type_features import type_features
from classify.type_training import Example
from records.ids import DocumentTypeCode
from records.page import Box, EngineStamp, Line, PageText, Word

if TYPE_CHECKING:
    from samples.truth import PageTruth

DPI = 80
LINE_LOST, TITLE_LOST, WORD_MISREAD = 0.05, 0.35, 0.06
FIRST_SEED = 100_000  # far from the seeds that tests and benches read


def sample_examples(first: int, last: int) -> Iterator[Example]:
    """One paper of every kind for each seed `first` … `last` - 1; the same seeds give the same examples."""
    from samples import make_document  # heavy: fonts are looked for
    from samples.documents import kinds

    for seed in range(FIRST_SEED + first, FIRST_SEED + last):
        for kind in kinds():
            truth = make_document(seed, kind, dpi=DPI, clean=True).truth
            rng = Random(f"{seed}/{kind}")  # noqa: S311 - misreadings that repeat, no secret
            page = laid_out(misread(truth.pages[0], rng), 1)
            features = type_features(read_head(page), len(truth.pages))
            yield Example(features, DocumentTypeCode(truth.document_type))


def misread(page: PageTruth, rng: Random) -> PageText:
    """The page as an engine might read it: a line lost, the title lost, letters taken for others."""
    titles_lost = rng.random() < TITLE_LOST
    lines = []
    for line in page.lines:
        in_title = (
            line.text.isupper() and line.box.y0 > 0.12 * page.height and line.box.y0 < 0.4 * page.height
        )
        if rng.random() < LINE_LOST or (titles_lost and in_title):
            continue
        words = tuple(
            Word(_slip(word.text, rng), Box(word.box.x0, word.box.y0, word.box.x1, word.box.y1), 0.95)
            for word in line.words
        )
        box = line.box
        lines.append(Line(words, Box(box.x0, box.y0, box.x1, box.y1)))
    return PageText(page.width, page.height, tuple(lines), EngineStamp("sample", "1"), 0, page.dpi)


def _slip(text: str, rng: Random) -> str:
    if len(text) < 3 or rng.random() > WORD_MISREAD:
        return text
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(("", "n", "i", "c", "l", "t")) + text[at + 1 :]
