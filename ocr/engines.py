"""Builds an engine by name.

| name        | reads with                                                          | when |
|-------------|---------------------------------------------------------------------|------|
| `hybrid`    | line detector, Tesseract and trueocr, AsterOCR where they disagree  | the default |
| `fast`      | the same without AsterOCR                                           | a long queue |
| `tesseract` | Tesseract alone, whole page, a process a page                       | neural packages absent |
| `auto`      | `hybrid`, or `tesseract` with a warning when its packages are absent | |
"""

from __future__ import annotations

import importlib.util
import logging

from ocr.engine import OcrEngine
from records.errors import EngineUnavailable

ENGINE_NAMES = ("auto", "hybrid", "fast", "tesseract")
_NEURAL = ("onnxruntime", "tesserocr", "trueocr", "asterocr")

log = logging.getLogger(__name__)


def make_engine(name: str, *, languages: str = "vie", tessdata: str | None = None) -> OcrEngine:
    """The engine of this name; its models are loaded with the first page, once a process.

    `languages` are Tesseract's ("vie", "vie+eng"); `tessdata` is the folder with its data, looked for in the usual
    places when not given. Raises `EngineUnavailable` when a package that the engine needs is not installed and
    `ValueError` for a name that is none.
    """
    if name not in ENGINE_NAMES:
        raise ValueError(f"no engine is called {name}; there are {', '.join(ENGINE_NAMES)}")
    missing = [package for package in _NEURAL if importlib.util.find_spec(package) is None]
    if name == "auto":
        name = "tesseract" if missing else "hybrid"
        if missing:
            log.warning(
                "reading with Tesseract alone, less well: packages are missing", extra={"missing": missing}
            )
    if name == "tesseract":
        from ocr.tesseract import TesseractEngine

        return TesseractEngine(languages=languages, tessdata=tessdata)
    if missing:
        raise EngineUnavailable(f"the engine {name} needs the packages {', '.join(missing)}")
    from ocr.hybrid import HybridEngine

    return HybridEngine(languages=languages, tessdata=tessdata, third_reader=name == "hybrid")
