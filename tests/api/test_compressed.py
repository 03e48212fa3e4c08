"""What goes over a weak line: answers and pages compressed, files and streams as they are."""

import gzip
from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse
from httpx import Client

from api.compressed import Compressed
from tests.api.world import Stage

LONG = "a paper that waits, " * 200


async def _told() -> AsyncIterator[str]:
    for _ in range(2):
        yield f'"{LONG}"'


@pytest.fixture
def client(stage: Stage) -> Iterator[Client]:
    app = FastAPI()
    app.add_api_route("/long", lambda: Response(LONG, media_type="text/html"))
    app.add_api_route("/short", lambda: Response("{}", media_type="application/json"))
    app.add_api_route("/file", lambda: Response(LONG, media_type="application/pdf"))
    app.add_api_route("/none", lambda: Response(status_code=204))
    app.add_api_route("/stream", lambda: StreamingResponse(_told(), media_type="application/json"))
    app.add_middleware(Compressed)
    stage.app = app
    with Client(base_url=stage.url) as client:
        yield client


def test_a_long_answer_is_compressed_for_who_takes_it(client: Client) -> None:
    answer = client.get("/long")
    assert (answer.text, answer.headers["content-encoding"]) == (LONG, "gzip")
    assert int(answer.headers["content-length"]) == len(gzip.compress(LONG.encode(), 4, mtime=0))
    assert answer.headers["vary"] == "Accept-Encoding"
    plain = client.get("/long", headers={"Accept-Encoding": "identity"})
    assert (plain.text, "content-encoding" in plain.headers) == (LONG, False)


@pytest.mark.parametrize(("path", "text"), [("/short", "{}"), ("/file", LONG), ("/none", "")])
def test_what_would_not_become_shorter_is_left_alone(client: Client, path: str, text: str) -> None:
    answer = client.get(path)
    assert (answer.text, "content-encoding" in answer.headers) == (text, False)


def test_a_stream_goes_on_as_it_comes(client: Client) -> None:
    answer = client.get("/stream")
    assert (answer.text, "content-encoding" in answer.headers) == (f'"{LONG}"' * 2, False)
