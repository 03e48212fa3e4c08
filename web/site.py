"""The site: every screen's pages, the static files, and the pages that say what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from records.staff import Session
from web.language import language_of, remember, switched
from web.screen import Screen, all_screens, home_of
from web.statics import Statics
from web.texts import LANGUAGES, texts

_HERE = Path(__file__).resolve().parent
_FRAME_TEXTS = ("common", "errors")

SessionOf = Callable[[Request], Session | None]


class Site:
    """Made once by the application factory. `session_of` says who is signed in; the site itself holds no data."""

    def __init__(self, session_of: SessionOf) -> None:
        self._session_of = session_of
        self._screens = all_screens()
        self._statics = Statics(_HERE / "static")
        self._pages = Environment(
            loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
        )
        self._pages.globals["static"] = self._statics.address
        self.router = self._routes()

    def _routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/", self._home, methods=["GET"])
        router.add_api_route("/static/{version}/{name}", self._static, methods=["GET"])
        for screen in self._screens:
            for path in screen.paths:
                router.add_api_route(path, self._shown(screen), methods=["GET"], name=screen.name)
        return router

    def _home(self, request: Request) -> Response:
        session = self._session_of(request)
        if session is None:
            return _to_sign_in(request)
        return RedirectResponse(home_of(session, self._screens), 303)

    async def _static(self, version: str, name: str, request: Request) -> Response:
        file = self._statics.get(name)
        if file is None:
            return Response(status_code=404)
        current = version == self._statics.version
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable" if current else "no-cache",
            "Vary": "Accept-Encoding",
        }
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(file.content, media_type=file.media_type, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(file.compressed, media_type=file.media_type, headers=headers)

    def _shown(self, screen: Screen) -> Callable[[Request], Response]:
        def show(request: Request) -> Response:
            session = self._session_of(request)
            if not screen.opens_for(session):
                if session is None:
                    return _to_sign_in(request)
                return self._failed(request, session, "not_allowed", 403)
            return self._page(request, session, screen)

        return show

    def _page(self, request: Request, session: Session | None, screen: Screen) -> Response:
        language = language_of(request)
        words = texts(language, *_FRAME_TEXTS, *screen.texts, screen.name)
        parts = self._parts(request, session, language, words)
        asks = () if request.url.query else screen.asks
        return self._rendered(request, f"{screen.name}.html", {**parts, "screen": screen, "asks": asks})

    def error_page(self, request: Request, code: str, status: int) -> Response:
        """A refusal outside the API, as a page that says what to do next. Asks no back end: one may be away."""
        return self._failed(request, None, code, status)

    def _failed(self, request: Request, session: Session | None, code: str, status: int) -> Response:
        language = language_of(request)
        words = texts(language, *_FRAME_TEXTS)
        bare = Screen("error", (request.url.path,), public=True, bare=session is None)
        context = {**self._parts(request, session, language, words), "screen": bare, "asks": (), "code": code}
        return self._rendered(request, "error.html", context, status)

    def _parts(
        self, request: Request, session: Session | None, language: str, words: dict[str, str]
    ) -> dict[str, Any]:
        return {
            "t": SimpleNamespace(**words),  # a dict would give its own `keys` and `items`
            "language": language,
            "others": [(code, switched(request, code)) for code in LANGUAGES if code != language],
            "session": session,
            "menu": self._menu(session, language),
            "path": request.url.path,
            "data": {
                "language": language,
                "texts": words,
                "viewer": _viewer(session),
                "params": dict(request.path_params),
            },
        }

    def _menu(self, session: Session | None, language: str) -> list[tuple[Screen, str]]:
        seen = [screen for screen in self._screens if screen.menu is not None and screen.opens_for(session)]
        named = [(screen, texts(language, screen.name)) for screen in seen]
        return [(screen, words.get("menu", words["title"])) for screen, words in named]

    def _rendered(
        self, request: Request, template: str, context: dict[str, Any], status: int = 200
    ) -> Response:
        names = [f"{context['screen'].name}.{ending}" for ending in ("css", "js")]
        style, module = (name if name in self._statics else None for name in names)
        modules = [name for name in ("frame.js", module) if name]
        content = self._pages.get_template(template).render(
            **context, style=style, modules=modules, early=self._statics.needs(*modules)
        )
        answer = HTMLResponse(content, status, headers={"Cache-Control": "no-store"})
        remember(request, answer)
        return answer


def _viewer(session: Session | None) -> dict[str, Any] | None:
    """Who looks, as far as a module needs to know."""
    if session is None:
        return None
    staff = session.staff
    return {
        "id": staff.id,
        "name": staff.name,
        "role": staff.role.value,
        "units": list(staff.units),
        "everywhere": staff.everywhere,
        "csrf": session.csrf,
    }


def _to_sign_in(request: Request) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    query = urlencode({"next": wanted}) if wanted != "/" else ""
    return RedirectResponse(f"/login?{query}" if query else "/login", 303)
