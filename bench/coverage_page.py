"""How fast the auditor's coverage page is filled, in a headless Chromium, over a database of any size.

Part of `./sohoa bench coverage --page N`: serves the API and its screens from this process over the filled database,
signs an auditor of the whole office in, and opens the page N times, each in a profile that keeps nothing: milliseconds
from the request until every part (figures, months, forecast, table, matrix, missing dossiers) is there. Needs
Playwright (requirements-dev.txt) and Chromium.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from playwright.sync_api import Browser, Page

from api.app import make_app
from api.auth import COOKIE
from api.screens import make_site
from api.tokens import TokenKind, new_csrf, new_token, token_hash
from bench.web import VIEW, chromium
from config.settings import load_settings
from config.wiring import Services, build
from records.ids import StaffId, new_id
from records.staff import Staff, StaffRole

PATHS = {
    "statutory year": "/coverage?from=2021-12-16&to=2022-11-30",
    "quarter": "/coverage?from=2021-12-15&to=2022-03-14",
}
PARTS = ("#glance .figure", "#trend svg", "#outlook p", "#table tfoot", "#matrix table", "#gap table")


@contextmanager
def served(services: Services) -> Iterator[str]:
    """The address of the API and its screens, in a thread of this process; no step that it asks for is done."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    app = make_app(services, lambda _: None, pages=make_site)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=5))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def auditor(services: Services) -> str:
    """The token of a session of a new auditor, who may see the whole office."""
    key, token, now = new_id(), new_token(TokenKind.SESSION), datetime.now(UTC)
    person = Staff(StaffId(key), f"bench-{key}", StaffRole.AUDITOR, (), everywhere=True)
    with services.database.transaction() as tx:
        tx.accounts.add(person, "", now)
        tx.sessions.open(token_hash(token), person.id, new_csrf(), now, now + timedelta(hours=1))
    return token


def filled(page: Page, path: str) -> float:
    """Milliseconds from the request for the page until all its parts are there."""
    page.goto(path, wait_until="commit")
    for part in PARTS:
        page.locator(part).first.wait_for()
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    return float(page.evaluate("performance.now()"))


def opened(browser: Browser, url: str, token: str, path: str) -> float:
    context = browser.new_context(base_url=url, viewport=VIEW, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.add_cookies([{"name": COOKIE, "value": token, "url": url}])
    try:
        return filled(context.new_page(), path)
    finally:
        context.close()


def measured_page(url: str, times: int) -> dict[str, list[float]]:
    """Per period: the milliseconds of each opening but the first, which warms up."""
    with TemporaryDirectory(prefix="sohoa-bench-") as folder:
        services = build(load_settings(database_url=url, data_dir=Path(folder)))
        try:
            token = auditor(services)
            with served(services) as address, chromium() as browser:
                return {
                    name: [opened(browser, address, token, path) for _ in range(times + 1)][1:]
                    for name, path in PATHS.items()
                }
        finally:
            services.close()
