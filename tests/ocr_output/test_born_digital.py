"""A signature is seen before anything touches its file, and a text layer is believed only when it reads well."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from ocr.born_digital import is_signed, text_layer
from ocr.pdfa import PdfPage, write_pdfa
from records.page import Box, Line, PageText, Word
from tests.ocr_output.encodings import tcvn3, vni
from tests.ocr_output.papers import ROWS, STAMP, encoded, metadata, paper

BODY = (
    *ROWS,
    "Điều 1. Cấp giấy phép xây dựng nhà ở riêng lẻ cho ông Trần Văn Ơn",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký ban hành",
)


def born_digital(
    rows: tuple[str, ...], *, hidden: bool = False, image: bool = False, rotate: int = 0
) -> bytes:
    """A PDF that holds these rows as text, made by turning a text layer into visible text without an image."""
    text = PageText(1240, 1754, tuple(row_of_words(row, n) for n, row in enumerate(rows)), STAMP, 0, 150)
    written = write_pdfa([PdfPage(encoded(Image.new("L", (1240, 1754), 255)), text, 150)], metadata())
    with pikepdf.open(BytesIO(written)) as pdf:
        page = pdf.pages[0]
        content = page.Contents.read_bytes()
        content = content if hidden else content.replace(b"BT 3 Tr", b"BT 0 Tr")
        page.Contents = pdf.make_stream(content if image else content.partition(b"\n")[2])
        page.Rotate = rotate
        return saved(pdf)


def row_of_words(row: str, number: int) -> Line:
    words, x = [], 100
    for token in row.split():
        words.append(Word(token, Box(x, 100 + 50 * number, x + 11 * len(token), 128 + 50 * number), 1.0))
        x += 11 * len(token) + 9
    return Line(tuple(words), Box(100, 100 + 50 * number, x, 128 + 50 * number))


def saved(pdf: pikepdf.Pdf) -> bytes:
    file = BytesIO()
    pdf.save(file)
    return file.getvalue()


# --- text layers ---


def test_the_words_of_a_born_digital_page_come_with_their_places() -> None:
    found = text_layer(born_digital(BODY), 1, 1240, 1754)
    assert found is not None
    assert found.text.split() == " ".join(BODY).split()
    assert found.engine.name == "text-layer"
    word = next(word for word in found.words() if word.text == "Hường,")
    asked = next(w for n, row in enumerate(BODY) for w in row_of_words(row, n).words if w.text == "Hường,")
    assert word.box.as_list() == pytest.approx(asked.box.as_list(), abs=4)


def test_words_in_two_columns_stay_apart() -> None:
    rows = [Line(row_of_words(row, n).words, Box(0, 0, 1, 1)) for n, row in enumerate(BODY)]
    beside = tuple(
        Word(w.text, Box(w.box.x0 + 800, w.box.y0, w.box.x1 + 800, w.box.y1), 1.0) for w in rows[1].words
    )
    text = PageText(2000, 1754, (*rows[:2], Line(beside, Box(0, 0, 1, 1)), *rows[2:]), STAMP, 0, 150)
    pdf = write_pdfa([PdfPage(encoded(Image.new("L", (2000, 1754), 255)), text, 150)], metadata())
    with pikepdf.open(BytesIO(pdf)) as opened:
        content = opened.pages[0].Contents.read_bytes().replace(b"BT 3 Tr", b"BT 0 Tr").partition(b"\n")[2]
        opened.pages[0].Contents = opened.make_stream(content)
        found = text_layer(saved(opened), 1, 2000, 1754)
    assert found is not None
    assert [line.text for line in found.lines[:3]] == [BODY[0], BODY[1], BODY[1]]
    assert found.lines[1].block != found.lines[2].block


@pytest.mark.parametrize("encode", [tcvn3, vni], ids=["TCVN3", "VNI"])
def test_text_in_an_old_encoding_is_not_believed(encode: object) -> None:
    assert callable(encode)
    rows = tuple(encode(row).replace("\xad", "-") for row in BODY)
    assert text_layer(born_digital(rows), 1, 1240, 1754) is None


def test_old_capitals_in_the_header_alone_are_enough_to_doubt_the_text() -> None:
    rows = ("Cộng hoa xã hội chu nghĩa Viêt Nam", *BODY[1:], *BODY[3:] * 4)
    assert text_layer(born_digital(rows), 1, 1240, 1754) is None
    assert (
        text_layer(born_digital(("Cộng hoà xã hội chủ nghĩa Việt Nam", *BODY[1:])), 1, 1240, 1754) is not None
    )


def test_text_without_its_marks_is_a_poor_ocr_layer_and_not_believed() -> None:
    bare = ("Can cu Luat To chuc chinh quyen dia phuong va de nghi cua Truong phong Quan ly do thi",) * 4
    assert text_layer(born_digital(bare), 1, 1240, 1754) is None


def test_a_signatures_caption_is_no_text_layer() -> None:
    caption = ("Ký bởi: Ủy ban nhân dân thành phố Mỹ Tho", "Thời gian ký: 03/03/2022 08:30:00 +07:00")
    assert text_layer(born_digital(caption), 1, 1240, 1754) is None


def test_a_scan_with_text_over_it_is_read_anew() -> None:
    image, text = paper(BODY)
    scan = write_pdfa([PdfPage(encoded(image), text, 150)], metadata())
    assert text_layer(scan, 1, 1240, 1754) is None
    assert text_layer(born_digital(BODY, image=True), 1, 1240, 1754) is None


def test_hidden_text_is_not_what_the_page_shows() -> None:
    assert text_layer(born_digital(BODY, hidden=True), 1, 1240, 1754) is None


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_shown_sideways_is_read_from_its_image(rotate: int) -> None:
    sides = (1240, 1754) if rotate == 180 else (1754, 1240)
    assert text_layer(born_digital(BODY, rotate=rotate), 1, *sides) is None


@pytest.mark.parametrize("untrusted", [b"", b"%PDF-1.7\n%%EOF", b"\x00" * 100])
def test_bytes_that_are_no_pdf_have_no_text(untrusted: bytes) -> None:
    assert text_layer(untrusted, 1, 10, 10) is None
    assert not is_signed(untrusted)


@pytest.mark.parametrize("page", [0, 2, -5, 10**12])
def test_a_page_that_is_not_there_has_no_text(page: int) -> None:
    assert text_layer(born_digital(BODY), page, 1240, 1754) is None


# --- signatures ---


def signed(pdf: bytes, *, compressed: bool = True) -> bytes:
    """The PDF with a signature field and a value as a signing program lays it out (its bytes are not a true one)."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=b"\x30" * 64)
        value.ByteRange = Array([0, 111111, 222222, 333333])
        field = Dictionary(FT=Name.Sig, T="Signature1", V=opened.make_indirect(value))
        opened.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([opened.make_indirect(field)]))
        file = BytesIO()
        mode = pikepdf.ObjectStreamMode.generate if compressed else pikepdf.ObjectStreamMode.disable
        opened.save(file, object_stream_mode=mode, compress_streams=False)
    if (
        compressed
    ):  # a signing program never puts the value into an object stream, where it could not be covered
        return (
            file.getvalue()
            + b"\n9 0 obj <</Type/Sig/Contents<3030>/ByteRange[0 840 960 240]       >> endobj\n"
        )
    return file.getvalue()


@pytest.mark.parametrize("compressed", [True, False])
def test_a_signed_pdf_is_known_by_its_signature(compressed: bool) -> None:
    plain = born_digital(BODY)
    assert not is_signed(plain)
    assert is_signed(signed(plain, compressed=compressed))


def test_a_signed_file_that_broke_off_is_still_a_signed_file() -> None:
    assert is_signed(signed(born_digital(BODY), compressed=False)[:-200])


def test_an_empty_signature_field_is_no_signature() -> None:
    with pikepdf.open(BytesIO(born_digital(BODY))) as pdf:
        field = pdf.make_indirect(Dictionary(FT=Name.Sig, T="Signature1"))
        pdf.Root.AcroForm = Dictionary(SigFlags=1, Fields=Array([field]))
        assert not is_signed(saved(pdf))
    assert not is_signed(b"/ByteRange [0 0 0 0]")
    assert not is_signed(b"/ByteRange [0 /********** /********** /**********]")


@pytest.mark.shared
def test_the_offices_own_signed_scans_are_seen_as_signed_and_as_scans(shared: Path) -> None:
    files = sorted((shared / "scans").glob("*.pdf"))
    assert files
    for file in files:
        assert is_signed(file.read_bytes())
        assert text_layer(file.read_bytes(), 1, 2480, 3508) is None
