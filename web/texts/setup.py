"""Words of the page that makes the first administrator."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Tạo tài khoản quản trị đầu tiên", "Make the first administrator"),
    "setup_do": ("Tạo tài khoản", "Create the account"),
    "name_hint": (
        "Chữ thường, số, dấu chấm, gạch nối; ví dụ lan.nguyen",
        "Small letters, digits, dot, dash; for example lan.nguyen",
    ),
    "password_hint": (
        "Ít nhất 10 ký tự; một câu dễ nhớ là tốt nhất.",
        "At least 10 characters; a sentence is best.",
    ),
}
