"""Words of the audit trail."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Nhật ký hệ thống", "Audit trail"),
    "menu": ("Nhật ký", "Audit"),
    "about": ("Chỉ về mã này", "Only about this id"),
    "sequence": ("STT", "No."),
    "at": ("Lúc", "At"),
    "actor": ("Ai", "Who"),
    "action": ("Việc", "What"),
    "subject": ("Đối tượng", "Subject"),
    "details": ("Chi tiết", "Details"),
    "sealed": (
        "Mỗi dòng mang mã băm của dòng trước: sửa hay bỏ một dòng là lộ ngay (./sohoa audit chain).",
        "Every line carries the hash of the one before: what is changed or left out shows (./sohoa audit chain).",
    ),
}
