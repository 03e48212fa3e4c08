"""Words of the coverage screen."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Tỷ lệ số hóa", "Coverage"),
    "received": ("Tiếp nhận", "Received"),
    "resolved": ("Đã giải quyết", "Resolved"),
    "without": ("Không tính chứng thực", "Without certification"),
    "with": ("Tính cả chứng thực", "With certification"),
    "gap": ("Còn thiếu", "Missing"),
}
