"""Images, words, texts and masters over HTTP."""

from io import BytesIO

from PIL import Image

from tests.api.world import HEIGHT, JPEG, SECRET_TEXT, WIDTH, World


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def test_a_page_tells_how_it_must_be_turned(world: World) -> None:
    (page,) = world.a_record().pages
    shown = world.get("clerk", f"/api/pages/{page}").json()
    assert (shown["width"], shown["height"], shown["rotation"], shown["has_text"]) == (
        WIDTH,
        HEIGHT,
        90,
        True,
    )


def test_an_image_comes_as_stored_or_scaled_and_turned(world: World) -> None:
    (page,) = world.a_record().pages
    path = f"/api/pages/{page}/image"
    assert world.get("clerk", path).content == JPEG
    small = opened(world.get("clerk", path, params={"width": 100}).content)
    assert small.size == (100, 150)
    turned = opened(world.get("clerk", path, params={"width": 300, "rotation": 90}).content)
    assert turned.size == (300, 200)
    red, white = turned.getpixel((50, 100)), turned.getpixel((250, 100))
    assert isinstance(red, tuple)
    assert isinstance(white, tuple)
    assert red[1] < 60 < 200 < white[1]  # below lies left once it is turned clockwise


def test_an_image_is_never_enlarged(world: World) -> None:
    (page,) = world.a_record().pages
    answer = world.get("clerk", f"/api/pages/{page}/image", params={"width": 4000})
    assert opened(answer.content).size == (WIDTH, HEIGHT)


def test_a_preview_is_made_once_and_asked_for_by_its_etag(world: World) -> None:
    (page,) = world.a_record().pages
    path = f"/api/pages/{page}/image"
    first = world.get("clerk", path, params={"width": 100})
    assert first.headers["cache-control"] == "private, no-cache"
    again = world.get("clerk", path, params={"width": 100}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = world.get("clerk", path, params={"width": 101})
    assert other.headers["etag"] != first.headers["etag"]


def test_a_width_or_turn_beyond_the_bounds_is_refused(world: World) -> None:
    (page,) = world.a_record().pages
    for query in ({"width": 0}, {"width": 4001}, {"rotation": 45}, {"rotation": 360}):
        answer = world.get("clerk", f"/api/pages/{page}/image", params=query)
        assert answer.json()["code"] == "invalid_value", query


def test_words_come_as_alto_and_a_records_text_as_plain_text(world: World) -> None:
    record = world.a_record()
    alto = world.get("clerk", f"/api/pages/{record.pages[0]}/alto")
    assert alto.headers["content-type"] == "application/xml"
    assert SECRET_TEXT in alto.text
    text = world.get("clerk", f"/api/records/{record.id}/text")
    assert text.text == SECRET_TEXT
    assert text.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_master_comes_back_bit_for_bit_as_a_download_under_a_name_of_ours(world: World) -> None:
    batch = world.send(b"%PDF-1.7 the master")
    (file,) = world.get("operator", f"/api/batches/{batch}").json()["files"]
    answer = world.get("operator", f"/api/files/{file['id']}/master")
    assert answer.content == b"%PDF-1.7 the master"
    assert answer.headers["content-disposition"] == f'attachment; filename="master-{file["id"]}.pdf"'
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_object_that_is_gone_is_told_before_the_answer_begins(world: World) -> None:
    batch = world.send(b"%PDF-1.7 soon gone")
    (file,) = world.get("operator", f"/api/batches/{batch}").json()["files"]
    for path in (world.services.settings.data_dir / "objects").rglob(file["sha256"]):
        path.unlink()
    answer = world.get("operator", f"/api/files/{file['id']}/master")
    assert (answer.status_code, answer.json()["code"]) == (503, "object_missing")
