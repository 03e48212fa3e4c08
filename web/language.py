"""Which language a page is in: asked for by `?lang=`, remembered in a cookie, Vietnamese otherwise."""

from __future__ import annotations

from fastapi import Request, Response

from web.texts import LANGUAGES

_COOKIE = "sohoa_language"
_YEAR = 365 * 24 * 3600


def language_of(request: Request) -> str:
    asked = request.query_params.get("lang")
    for wanted in (asked, request.cookies.get(_COOKIE)):
        if wanted in LANGUAGES:
            return wanted
    return LANGUAGES[0]


def remember(request: Request, response: Response) -> None:
    """Keep what `?lang=` asked for."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        response.set_cookie(_COOKIE, asked, max_age=_YEAR, samesite="strict", httponly=True)


def switched(request: Request, language: str) -> str:
    """This page in another language: its path and query with `lang`."""
    url = request.url.include_query_params(lang=language)
    return f"{url.path}?{url.query}"
