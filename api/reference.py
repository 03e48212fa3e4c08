"""The API as a page for people: the generated parts of docs/api.md."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from api.app import make_app
from api.openapi import TAGS, codes_table, describe
from api.problems import BEHIND_A_DOOR
from config.settings import load_settings
from config.wiring import build
from records.errors import SohoaError

_COMMON = {kind.code for kind in BEHIND_A_DOOR}


def endpoints_list(document: dict[str, Any]) -> str:
    """Every endpoint by tag, with its refusals, as Markdown."""
    parts = []
    for tag in TAGS:
        rows = [
            _endpoint(method, path, operation)
            for method, path, operation in _operations(document, tag["name"])
        ]
        if rows:
            parts.append("\n".join([f"### {tag['name']}", "", tag["description"], "", *rows]))
    return "\n\n".join(parts)


def _operations(document: dict[str, Any], tag: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if operation.get("tags", [None])[0] == tag
    ]


def _endpoint(method: str, path: str, operation: dict[str, Any]) -> str:
    told = " ".join(operation.get("description", operation["summary"]).split())
    usual = _COMMON if "security" in operation else {SohoaError.code}
    refusals = sorted(
        f"{status} `{code}`"
        for status, response in operation["responses"].items()
        for code in response.get("content", {}).get("application/problem+json", {}).get("examples", {})
        if code not in usual
    )
    tail = f" Refusals: {', '.join(refusals)}." if refusals else ""
    return f"- **`{method.upper()} {path}`** {told}{tail}"


DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "api.md"
_BEGIN, _END = "<!-- written by python -m api.reference: begin {} -->", "<!-- end {} -->"


def written(text: str, document: dict[str, Any]) -> str:
    """The page for people with its generated parts as they should be; what stands around them is kept."""
    parts = {"codes": codes_table(), "endpoints": endpoints_list(document)}
    for name, part in parts.items():
        begin, end = _BEGIN.format(name), _END.format(name)
        head, _, rest = text.partition(begin)
        _, _, tail = rest.partition(end)
        text = f"{head}{begin}\n{part}\n{end}{tail}"
    return text


def main() -> None:
    """Bring docs/api.md up to date."""
    with TemporaryDirectory() as folder:
        services = build(load_settings(data_dir=folder, database_url="", objects_url=""))
        document = describe(make_app(services, lambda todos: None))
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8"), document), encoding="utf-8")


if __name__ == "__main__":
    main()
