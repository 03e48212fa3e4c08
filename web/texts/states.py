"""States of batches, files, pages and records, keyed `<what>_<state>`; channels and roles of papers."""

TEXTS: dict[str, tuple[str, str]] = {
    "batch_open": ("Đang nhận", "Receiving"),
    "batch_processing": ("Đang đọc", "Being read"),
    "batch_waiting": ("Chờ xác nhận", "Waits for a clerk"),
    "batch_done": ("Xong", "Done"),
    "batch_failed": ("Không mở được", "Cannot be opened"),
    "file_received": ("Đã nhận", "Received"),
    "file_rasterised": ("Đã mở", "Opened"),
    "file_refused": ("Không mở được", "Cannot be opened"),
    "page_received": ("Chờ đọc", "Waits"),
    "page_recognised": ("Đã đọc", "Read"),
    "page_unreadable": ("Máy không đọc được", "Not readable"),
    "record_assembled": ("Đang đọc", "Being read"),
    "record_classified": ("Chờ xác nhận", "Waits for a clerk"),
    "record_cover": ("Giấy tiếp nhận", "Cover sheet"),
    "record_confirmed": ("Đã xác nhận", "Confirmed"),
    "record_filed": ("Đã lưu vào hồ sơ", "Filed"),
    "record_discarded": ("Đã loại", "Discarded"),
    "record_merged": ("Đã gộp vào giấy khác", "Merged into another paper"),
    "role_component": ("Thành phần hồ sơ", "Component"),
    "role_result": ("Kết quả giải quyết", "Result"),
}
