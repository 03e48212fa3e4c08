"""A small picture of a page: the asked size, however much of a JPEG is decoded for it."""

import cv2
import numpy as np
import pytest

from ocr.preview import preview_jpeg

WIDE, HIGH = 1600, 2400


def a_scan() -> bytes:
    """A page whose upper half is dark."""
    pixels = np.full((HIGH, WIDE, 3), 240, np.uint8)
    pixels[: HIGH // 2] = 40
    return cv2.imencode(".jpg", pixels)[1].tobytes()


@pytest.mark.parametrize("width", [100, 190, 200, 750, 1600])
@pytest.mark.parametrize("rotation", [0, 90])
def test_a_jpeg_that_is_decoded_in_part_gives_the_same_picture(width: int, rotation: int) -> None:
    across = HIGH if rotation else WIDE
    whole, part = (
        cv2.imdecode(
            np.frombuffer(
                preview_jpeg(a_scan(), "image/jpeg", width, rotation, stored_width=known), np.uint8
            ),
            cv2.IMREAD_UNCHANGED,
        )
        for known in (0, across)
    )
    assert whole is not None and part is not None
    assert part.shape == whole.shape
    assert whole.shape[1] == width
    assert np.abs(whole.astype(int) - part.astype(int)).mean() < 2
