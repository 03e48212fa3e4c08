"""Whether a word's confidence is the chance that it is right: `bench calibrate --set DIR` or `--seeds A:B`.

Shows a reliability diagram: words by their confidence, how many of them are right, and the expected calibration error
(ECE), for words read by `hybrid` and by `fast`. `--fit FILE` first fits the weights of `ocr.confidence` to pages that
may be tuned on (`--half tune`) and writes them; figures then belong to pages with `--half grade`.
A word is right when the truth of its page holds it, wherever it stands.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.ocr import papers
from bench.papers import Paper
from ocr.confidence import evidence_of, features
from ocr.hybrid import HybridEngine
from records.page import SURE_WORD
from records.vietnamese import single_spaced

EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0001)
CAUTION = 1.0  # weight of the pull towards nought, in words


@dataclass(frozen=True, slots=True)
class JudgedWord:
    """A word with its confidence, what spoke for it, and whether it was right."""

    confidence: float
    features: dict[str, float]
    right: bool


def judged(engine: HybridEngine, pages: Iterable[Paper]) -> Iterator[JudgedWord]:
    """The words that an engine reads on these pages."""
    for paper in pages:
        there = Counter(single_spaced(paper.text).split())
        for line in engine.line_words(paper.image).words:
            for word, evidence in zip(line, evidence_of(line), strict=True):
                right = there[word.text] > 0
                there[word.text] -= right
                yield JudgedWord(word.confidence, features(evidence), right)


def fitted(words: Sequence[JudgedWord]) -> dict[str, float]:
    """The weights that make the words as likely as they were right: logistic regression by Newton's method."""
    names = sorted({name for word in words for name in word.features})
    x: NDArray[np.float64] = np.array([[word.features.get(name, 0.0) for name in names] for word in words])
    y: NDArray[np.float64] = np.array([word.right for word in words], np.float64)
    weights = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (y - p) - CAUTION * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + CAUTION * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def show(words: Sequence[JudgedWord]) -> None:
    """The reliability diagram as text: a bar of # for the share that is right, | where it should end."""
    sure: NDArray[np.float64] = np.array([word.confidence for word in words])
    right: NDArray[np.float64] = np.array([word.right for word in words], np.float64)
    error = 0.0
    print("  confidence     words   mean   right")
    for low, high in pairwise(EDGES):
        inside = (sure >= low) & (sure < high)
        if not inside.any():
            continue
        mean, share = float(sure[inside].mean()), float(right[inside].mean())
        error += abs(mean - share) * inside.sum() / len(sure)
        bar = list("#" * round(40 * share) + " " * (41 - round(40 * share)))
        bar[round(40 * mean)] = "|"
        print(f"  {low:.3f}-{min(high, 1):.3f} {inside.sum():7d}  {mean:.3f}   {share:.3f}  {''.join(bar)}")
    under = sure < SURE_WORD
    print(f"  expected calibration error {100 * error:.2f} %")
    caught = float((1 - right[under]).sum() / max(1.0, (1 - right).sum()))
    shares = f"{100 * under.mean():.1f} % of the words, {100 * caught:.0f} % of the wrong ones"
    print(f"  under the line of {SURE_WORD}: {shares}")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.calibrate", description=__doc__)
    parser.add_argument("--set", dest="folder", help="folder of scans with sidecars that hold pages_text")
    parser.add_argument("--seeds", help="generated papers A:B")
    parser.add_argument("--half", choices=("tune", "grade"), default="grade")
    parser.add_argument("--fit", type=Path, metavar="FILE", help="fit the weights and write them there")
    given = parser.parse_args(arguments)
    if given.fit and given.half != "tune":
        parser.error("weights are fitted with --half tune")
    found = {"hybrid": list[JudgedWord](), "fast": list[JudgedWord]()}
    engines = {name: HybridEngine(third_reader=name == "hybrid") for name in found}
    for paper in papers(given.folder, given.seeds, given.half):
        for name, engine in engines.items():
            found[name].extend(judged(engine, [paper]))
    if given.fit:
        words = [word for engine_words in found.values() for word in engine_words]
        written = {"words": len(words), "weights": fitted(words)}
        given.fit.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
        return 0
    for name, words in found.items():
        print(
            f"{name}: {len(words)} words, {100 * sum(word.right for word in words) / max(1, len(words)):.2f} % right"
        )
        show(words)
    return 0


if __name__ == "__main__":
    sys.exit(main())
