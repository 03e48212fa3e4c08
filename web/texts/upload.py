"""Words for files that are sent from the browser."""

TEXTS: dict[str, tuple[str, str]] = {
    "up_waits": ("chờ gửi", "waits"),
    "up_sending": ("đang gửi…", "sending…"),
    "up_stored": ("đã lưu", "stored"),
    "up_duplicate": ("đã lưu; trùng với tệp đã nhận trước đây", "stored; the same as a file received before"),
    "up_chosen": ("{n} tệp, {mb} MB", "{n} files, {mb} MB"),
    "open_batch": ("Mở lô này", "Open the batch"),
    "up_some_failed": (
        "{n} tệp không gửi được; các tệp khác đã lưu.",
        "{n} files were not taken; the others are stored.",
    ),
}
