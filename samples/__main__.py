"""`python -m samples`: writes made papers, whole batches or a list of dossiers into a folder.

python -m samples --seed 7 --count 20 --out DIR [--kind letter] [--dpi 200] [--clean]   papers: PNG pages and truth JSON
python -m samples --seed 7 --batch 5 --out DIR                                         a batch of 5 dossiers
python -m samples --seed 7 --dossiers 500 --out DIR                                     dossiers.csv
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import samples
from samples import dossiers, fonts, truth_json


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, write the files, say what was written; 0, or 1 when a typeface is missing."""
    options = _parser().parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        written = _write(options)
    except fonts.FontMissing as missing:
        print(missing, file=sys.stderr)  # noqa: T201
        return 1
    print(f"{written} files in {options.out}")  # noqa: T201
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m samples", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=1, help="how many papers")
    parser.add_argument("--kind", choices=samples.kinds())
    parser.add_argument("--dpi", type=int)
    parser.add_argument("--mode", choices=("color", "gray", "1bit"))
    parser.add_argument("--clean", action="store_true", help="no scan defects")
    parser.add_argument("--severity", type=float, default=1.0, help="0 careful … 2 bad day")
    parser.add_argument(
        "--batch", type=int, metavar="N", help="a batch of N dossiers instead of single papers"
    )
    parser.add_argument(
        "--layout", choices=("one_pdf", "pdf", "tiff", "jpeg", "png", "mixed"), default="mixed"
    )
    parser.add_argument("--dossiers", type=int, metavar="N", help="only a CSV of N dossiers")
    return parser


def _write(options: argparse.Namespace) -> int:
    if options.dossiers:
        rows = samples.make_dossiers(options.seed, options.dossiers)
        (options.out / "dossiers.csv").write_bytes(dossiers.as_csv(rows))
        return 1
    scan: dict[str, Any] = {
        "dpi": options.dpi,
        "mode": options.mode,
        "clean": options.clean,
        "severity": options.severity,
    }
    if options.batch:
        return _write_batch(options, scan)
    return sum(
        _write_paper(options.out, options.seed + number, options.kind, scan)
        for number in range(options.count)
    )


def _write_batch(options: argparse.Namespace, scan: dict[str, Any]) -> int:
    batch = samples.make_batch(options.seed, options.batch, layout=options.layout, **scan)
    for file in batch.files:
        (options.out / file.name).write_bytes(file.data)
    truth = batch.manifest | {"truth": [truth_json.as_json(one.truth) for one in batch.documents]}
    (options.out / "manifest.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")
    (options.out / "dossiers.csv").write_bytes(dossiers.as_csv(batch.dossiers))
    return len(batch.files) + 2


def _write_paper(folder: Path, seed: int, kind: str | None, scan: dict[str, Any]) -> int:
    document = samples.make_document(seed, kind, **scan)
    stem = f"{seed:05d}_{document.truth.kind}"
    for number, page in enumerate(document.pages, 1):
        page.save(folder / f"{stem}_{number}.png", dpi=page.info["dpi"])
    (folder / f"{stem}.json").write_text(truth_json.dumps(document.truth), "utf-8")
    return len(document.pages) + 1


if __name__ == "__main__":
    sys.exit(main())
