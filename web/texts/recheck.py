"""Words of the second readings."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Kiểm tra lại", "Second reading"),
    "blind_task": ("Đọc lại, không xem giá trị cũ", "Read again, without the earlier values"),
    "blind_why": (
        "Gõ đúng như trên giấy. Để trống nếu trên giấy không có.",
        "Type what stands on the paper. Leave empty what does not stand there.",
    ),
    "dispute_task": ("Hai lần đọc khác nhau", "Two readings differ"),
    "dispute_why": (
        "Chọn giá trị đúng như trên giấy, hoặc gõ giá trị khác.",
        "Choose what stands on the paper, or type something else.",
    ),
    "on_receipt": (
        "Nếu mã không có trên giấy: xem giấy tiếp nhận, trang {n}.",
        "Where the code does not stand on the paper: see the receipt, page {n}.",
    ),
    "left_empty": (
        "Còn {n} ô trống. Nếu trên giấy không có, bấm Ctrl Enter lần nữa.",
        "{n} fields are empty. If the paper has nothing there, press Ctrl Enter again.",
    ),
    "next_paper": ("Mở giấy tờ tiếp theo", "Open the next paper"),
    "candidates": ("Đã đọc", "What was read"),
    "choose_type": (
        "Chọn loại giấy tờ trong danh sách: gõ vài chữ rồi Enter.",
        "Choose the type from the list: type a few letters, then Enter.",
    ),
    "no_date": ("Không phải ngày có thật. Gõ như 03/03/2022.", "Not a real date. Type it as 03/03/2022."),
    "empty_value": ("(trống)", "(empty)"),
    "field_document_type": ("Loại giấy tờ", "Type"),
    "field_dossier": ("Mã hồ sơ", "Dossier code"),
    "send": ("Gửi, mở tiếp", "Send, open the next"),
    "sent": ("Đã ghi nhận.", "Noted."),
    "corrected": (
        "Đã sửa {n} giá trị; giấy tờ được lưu lại.",
        "{n} values corrected; the paper is filed anew.",
    ),
    "nothing_to_check": ("Không có gì cần kiểm tra lại.", "Nothing is to be read again."),
    "to_queue": ("Về hàng đợi", "To the queue"),
}
