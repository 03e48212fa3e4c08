"""Words of the batches screen."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Lô quét", "Batches"),
    "opened": ("Mở lúc", "Opened"),
    "operator": ("Người quét", "Operator"),
    "state": ("Trạng thái", "State"),
    "files": ("Tệp", "Files"),
    "pages_read": ("Trang đã đọc", "Pages read"),
    "papers": ("Giấy tờ", "Papers"),
    "no_batches": (
        "Chưa có lô nào. Lô hiện ở đây ngay khi máy quét gửi tệp đầu tiên.",
        "No batch yet. One appears here as soon as a station sends its first file.",
    ),
    "rescans": ("Trang cần quét lại", "Pages to scan again"),
    "file_page": ("Tệp {file}, trang {page}", "File {file}, page {page}"),
    "asked_by": ("({who}, {when})", "({who}, {when})"),
    "upload": ("Gửi tệp từ máy này", "Send files from here"),
    "station": ("Máy quét", "Station"),
    "no_station": (
        "Chưa có máy quét nào; quản trị thêm ở màn hình Máy quét.",
        "There is no station yet; the administrator adds one.",
    ),
    "drop": ("Kéo tệp PDF, TIFF, JPEG, PNG vào đây, hoặc", "Drop PDF, TIFF, JPEG or PNG files here, or"),
    "choose": ("Chọn tệp", "Choose files"),
    "send": ("Gửi thành một lô", "Send as one batch"),
    "cover_sheets": ("In tờ bìa hồ sơ", "Print cover sheets"),
    "codes_unknown": ("Không có hồ sơ: {codes}", "No such dossier: {codes}"),
    "cover_many": ("Dán được nhiều mã cùng lúc.", "Many codes can be pasted at once."),
    "cover_hint": (
        "Đặt trước giấy tờ của mỗi hồ sơ khi quét: mã vạch cho máy biết giấy tờ nào thuộc hồ sơ nào.",
        "Lay one before each dossier's papers: its codes tell the machine what belongs where.",
    ),
    "dossier": ("Hồ sơ", "Dossier"),
    "dossier_hint": ("Mã hồ sơ hoặc tên chủ hồ sơ", "Code or owner"),
    "print_sheets": ("Mở {n} tờ bìa để in", "Open {n} sheets to print"),
    "remove": ("Bỏ {code}", "Remove {code}"),
}
