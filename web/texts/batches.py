"""Words of the batches screen."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Lô quét", "Batches"),
    "opened": ("Mở lúc", "Opened"),
    "operator": ("Người quét", "Operator"),
    "state": ("Trạng thái", "State"),
    "files": ("Tệp", "Files"),
    "pages_read": ("Trang đã đọc", "Pages read"),
    "papers": ("Giấy tờ", "Papers"),
}
