"""Words of the clerk's desk."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Xác nhận giấy tờ", "Verify"),
    "menu": ("Xác nhận", "Verify"),
    "type": ("Loại giấy tờ", "Type"),
    "dossier": ("Mã hồ sơ", "Dossier"),
    "why": ("Cần xem vì", "Look because"),
    "waits": ("Chờ từ", "Waits for"),
}
