"""Words of the touch screen in the hall."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Tra cứu tình trạng hồ sơ", "How far is my dossier?"),
    "code": ("Mã hồ sơ trên giấy tiếp nhận", "The code on your receipt"),
    "hint": (
        "Đưa mã vạch hoặc mã QR của giấy tiếp nhận vào máy đọc, hoặc bấm các phím dưới đây.",
        "Hold the bar code or QR code of your receipt under the reader, or use the keys.",
    ),
    "example": ("Ví dụ: H58.30-220303-0012", "Example: H58.30-220303-0012"),
    "ask": ("Xem", "Show"),
    "keys": ("Bàn phím", "Keys"),
    "erase": ("Xóa lùi", "Erase"),
    "clear": ("Xóa hết", "Clear"),
    "again": ("Tra hồ sơ khác", "Another dossier"),
    "received": ("Ngày tiếp nhận", "Received"),
    "due": ("Ngày hẹn trả", "Promised for"),
    "finished": ("Ngày có kết quả", "Result made"),
    "returned": ("Ngày trả kết quả", "Result handed out"),
    "procedure": ("Thủ tục", "Procedure"),
    "where": ("Nơi giải quyết", "Handled by"),
    "stage_in_progress": ("Đang giải quyết", "In progress"),
    "stage_late": ("Đang giải quyết, đã quá ngày hẹn", "In progress, past the promised day"),
    "stage_ready": ("Đã có kết quả, mời đến nhận", "The result is ready: please collect it"),
    "stage_returned": ("Đã trả kết quả", "The result was handed out"),
    "advice_in_progress": (
        "Kết quả trả tại quầy từ ngày hẹn. Nhớ mang theo giấy tiếp nhận.",
        "Collect the result at the counter from the promised day on. Please bring your receipt.",
    ),
    "advice_late": (
        "Xin hỏi quầy tiếp nhận, mang theo giấy tiếp nhận.",
        "Please ask at the counter and bring your receipt.",
    ),
    "advice_ready": (
        "Mang giấy tiếp nhận đến quầy trả kết quả.",
        "Bring your receipt to the counter that hands out results.",
    ),
    "asking": ("Đang tra cứu…", "Looking it up…"),
    "resets": (
        "Màn hình tự xóa sau {n} giây. Chạm vào màn hình để xem tiếp.",
        "This screen clears itself in {n} seconds. Touch it to go on.",
    ),
    "wrong_dossier_unknown": (
        "Không có hồ sơ mang mã này. Xem lại từng ký tự trên giấy tiếp nhận, hoặc hỏi quầy tiếp nhận.",
        "There is no dossier of this code. Compare it with your receipt, or ask at the counter.",
    ),
    "wrong_invalid_dossier_code": (
        "Đây chưa phải là mã hồ sơ. Mã gồm ba phần, ví dụ H58.30-220303-0012.",
        "This is not a dossier code. It has three parts, for example H58.30-220303-0012.",
    ),
    "wrong_too_many_requests": (
        "Nhiều người đang tra cứu cùng lúc. Máy sẽ tự tra lại sau {n} giây, xin đợi.",
        "Many people are asking at once. Please wait: this screen asks again in {n} seconds.",
    ),
    "wrong_offline": (
        "Máy này chưa nối được với máy chủ. Thử lại sau ít phút, hoặc hỏi quầy tiếp nhận.",
        "This screen cannot reach the server. Try again in a few minutes, or ask at the counter.",
    ),
    "wrong_else": (
        "Hiện chưa tra cứu được. Thử lại sau ít phút, hoặc hỏi quầy tiếp nhận.",
        "Looking up does not work at the moment. Try again in a few minutes, or ask at the counter.",
    ),
}
