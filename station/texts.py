"""What a station says to the person beside the scanner, in Vietnamese and in English."""

from __future__ import annotations

LANGUAGES = ("vi", "en")

_TEXTS: dict[str, tuple[str, str]] = {
    "starting": ("đang khởi động", "starting"),
    "connected": ("đã kết nối", "connected"),
    "offline": (
        "mất kết nối, sẽ thử lại; giấy đã quét vẫn giữ an toàn",
        "offline, trying again; scans are kept safe",
    ),
    "turned_away": (
        "máy chủ từ chối trạm này ({code}): báo quản trị viên",
        "the service turns this station away ({code}): tell the administrator",
    ),
    "stopped": ("chương trình trạm không chạy", "the station's program is not running"),
    "folder_gone": ("không đọc được thư mục quét", "the scanner's folder cannot be read"),
    "disk": ("không ghi được vào ổ đĩa", "the disk takes no files"),
    "writing": ("{n} tệp đang được quét", "being scanned: {n}"),
    "waiting": ("{n} tệp chờ gửi", "to send: {n}"),
    "sending": ("đang gửi lô {batch}: {done}/{total}", "sending batch {batch}: {done}/{total}"),
    "sent": ("đã gửi {n} tệp", "sent: {n}"),
    "refused": ("{n} tệp bị từ chối, xem thư mục refused", "refused: {n}, see the folder refused"),
    "duplicates": ("{n} tệp đã gửi trước đây", "sent before: {n}"),
    "held": ("{n} lô bị giữ lại ({code})", "batches held back: {n} ({code})"),
    "skew": ("đồng hồ máy trạm lệch {n} giây", "this machine's clock is off by {n} seconds"),
    "empty_file": ("Tệp rỗng. Hãy quét lại.", "The file is empty. Scan the paper again."),
    "unsupported_media_type": (
        "Không phải PDF, TIFF, JPEG hay PNG. Hãy quét sang một trong các dạng này.",
        "It is none of PDF, TIFF, JPEG or PNG. Scan to one of these.",
    ),
    "file_too_large": (
        "Tệp quá lớn. Hãy quét thành các tệp nhỏ hơn.",
        "The file is too large. Scan in smaller parts.",
    ),
    "fixity_mismatch": (
        "Tệp bị thay đổi sau khi quét. Hãy quét lại.",
        "The file was changed after it was scanned. Scan the paper again.",
    ),
    "lost": (
        "Tệp không còn trên máy trạm. Hãy quét lại.",
        "The file is no longer on this machine. Scan the paper again.",
    ),
    "unwanted": ("Đã được người dùng rút lại.", "It was taken back by a person."),
    "other_refusal": (
        "Máy chủ không nhận tệp này. Hãy quét lại hoặc báo quản trị viên.",
        "The service does not take this file. Scan again, or tell the administrator.",
    ),
}


def text(key: str, language: str, **values: object) -> str:
    """A sentence in one language, "vi" or "en".

    >>> text("waiting", "en", n=3)
    'to send: 3'
    """
    return _TEXTS[key][LANGUAGES.index(language)].format(**values)


def reason(code: str, language: str) -> str:
    """Why a file was refused, with the code for whoever is asked about it."""
    return f"{text(code if code in _TEXTS else 'other_refusal', language)} ({code})"
