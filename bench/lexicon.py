"""Counts the syllables and pairs of syllables of office language: `python -m bench.lexicon FILE… > ocr/data/pairs.txt`.

The files are the project's own: names of procedures, document types and units, the prose and forms of the samples.
A line of the result is a syllable or a pair and its count; what occurs once is kept, for the sources are small.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from ocr.syllables import is_syllable

_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]|\d+|\n")
_QUOTED = re.compile(r"\"([^\"\n]*)\"")
_VIETNAMESE = re.compile(r"[à-ỹđ]", re.IGNORECASE)


def counts(texts: list[str]) -> Counter[str]:
    """Syllables ("nghị") and pairs within a phrase ("nghị quyết") with their counts, in lower case."""
    found: Counter[str] = Counter()
    for text in texts:
        last = ""
        for token in _TOKEN.findall(text):
            word = token.lower() if is_syllable(token) else ""
            if word:
                found[word] += 1
                if last:
                    found[f"{last} {word}"] += 1
            last = word
    return found


def language_of(path: Path) -> str:
    """The Vietnamese lines of a file; of Python only what stands in quotes."""
    text = path.read_text(encoding="utf-8")
    phrases = _QUOTED.findall(text) if path.suffix == ".py" else text.splitlines()
    return "\n".join(phrase for phrase in phrases if _VIETNAMESE.search(phrase))


def main(paths: list[str]) -> int:
    for entry, count in sorted(counts([language_of(Path(path)) for path in paths]).items()):
        print(f"{entry}\t{count}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
