"""The pages: one plain screen over the API, and what it is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Cookie, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape

from web.texts import LANGUAGES, texts

_HERE = Path(__file__).resolve().parent
_STATIC = {"app.js": "text/javascript", "app.css": "text/css", "icon.svg": "image/svg+xml"}
_LANGUAGE = "sohoa_language"
_YEAR = 365 * 24 * 3600


def make_router() -> APIRouter:
    """The routes of the screens. They hold no data: the page asks the API, with the rights of who is signed in."""
    router = APIRouter(include_in_schema=False)
    pages = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=select_autoescape())

    @router.get("/", response_class=HTMLResponse)
    @router.get("/setup/{token}", response_class=HTMLResponse)
    def screen(
        request: Request,
        lang: Annotated[str | None, Query(max_length=2)] = None,
        sohoa_language: Annotated[str | None, Cookie()] = None,
    ) -> HTMLResponse:
        wanted = lang or sohoa_language
        language = wanted if wanted in LANGUAGES else LANGUAGES[0]
        words = texts(language)
        content = pages.get_template("screen.html").render(
            t=words, words=words, language=language, other=next(x for x in LANGUAGES if x != language)
        )
        answer = HTMLResponse(content, headers={"Cache-Control": "no-store"})
        if lang in LANGUAGES:
            answer.set_cookie(_LANGUAGE, language, max_age=_YEAR, samesite="strict", httponly=True)
        return answer

    @router.get("/static/{name}")
    def static(name: str) -> Response:
        if name not in _STATIC:
            return Response(status_code=404)
        return FileResponse(
            _HERE / "static" / name, media_type=_STATIC[name], headers={"Cache-Control": "no-cache"}
        )

    return router
