"""A page's words: from its image by an engine, into the object store as ALTO, and back."""

from __future__ import annotations

from config.wiring import Services
from ocr.alto import from_alto, to_alto
from ocr.engine import OcrEngine
from ocr.images import load_image
from ocr.turned import read_turned
from records.fixity import Fixity
from records.ids import PageId
from records.page import EngineStamp, Page, PageText
from records.search import indexed

ALTO = "application/xml"


def read_page(services: Services, page: Page, engine: OcrEngine) -> PageText:
    """What the engine makes of a page's image; raises Unreadable or BackendUnavailable."""
    image = load_image(services.objects.get(page.image.sha256), page.media_type)
    if page.turned is not None:
        return read_turned(engine, image, page.turned, dpi=page.quality.dpi)
    return engine.read(image, dpi=page.quality.dpi)


def store_words(services: Services, page: PageId, text: PageText) -> Fixity:
    """Keep a page's words as ALTO; returns the object that holds them."""
    alto = to_alto(text, page_id=page)
    fixity = Fixity.of(alto)
    services.objects.put(alto, fixity, ALTO)
    return fixity


def searchable(text: PageText) -> str:
    """A page's words as the search wants them."""
    return indexed(word.text for word in text.words())


def words_of(services: Services, page: Page) -> PageText:
    """What was read on a page; a page that nobody could read has no lines."""
    if page.text is None:
        return PageText(page.width, page.height, (), EngineStamp("none", "0"))
    return from_alto(services.objects.get(page.text.sha256))
