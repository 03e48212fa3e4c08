"""Words of the reports' screen. The forms' own words come with each report."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Báo cáo theo mẫu", "Statutory reports"),
    "menu": ("Báo cáo", "Reports"),
    "report": ("Mẫu báo cáo", "Form"),
    "report_II.06a": ("II.06a: giải quyết thủ tục hành chính", "II.06a: dossiers received and resolved"),
    "report_digitization": ("Số hóa hồ sơ theo đơn vị", "Digitization by org unit"),
    "report_766": ("Chỉ tiêu số hóa theo Quyết định 766", "Indicators of Decision 766"),
    "as_of": ("Số liệu tính đến", "As known at"),
    "as_of_hint": ("Để trống: bây giờ.", "Empty: now."),
    "mapped": ("Quy về đơn vị hiện nay", "Under today's units"),
    "make": ("Lập báo cáo", "Make the report"),
    "download": ("Tải về", "Download"),
    "fingerprint": ("Dấu vân tay", "Fingerprint"),
    "counted": (
        "Tính từ {dossiers} hồ sơ và {papers} giấy tờ, đến {at}.",
        "Counted from {dossiers} dossiers and {papers} papers, as known at {at}.",
    ),
    "rate_in_time": ("Trước hạn và đúng hạn", "Early and on time"),
    "rate_late": ("Quá hạn", "Late"),
    "note_without_due_date": (
        "{n} hồ sơ không có ngày hẹn trả được tính là đúng hạn, trong hạn.",
        "{n} dossiers without a promised day count as in time.",
    ),
    "note_not_accepted": (
        "{n} hồ sơ mới đăng ký hoặc không được tiếp nhận không tính vào biểu này.",
        "{n} dossiers that were only registered or not accepted do not count here.",
    ),
    "note_certification": (
        "{n} hồ sơ chứng thực, không thuộc phạm vi số hóa, vẫn được tính trong biểu này.",
        "{n} certification dossiers, out of scope of digitization, count here all the same.",
    ),
    "level_central": ("Cấp trung ương", "Central"),
    "level_province": ("Cấp tỉnh", "Province"),
    "level_district": ("Cấp huyện", "District"),
    "level_commune": ("Cấp xã", "Commune"),
    "verify": ("Kiểm tra một tệp báo cáo", "Check a report's file"),
    "verify_hint": (
        "Chọn tệp JSON, CSV, XLSX hoặc PDF đã tải về. Báo cáo được tính lại từ lịch sử và so từng ô.",
        "Choose a JSON, CSV, XLSX or PDF file. It is computed again from the history and compared cell by cell.",
    ),
    "file": ("Tệp báo cáo", "Report file"),
    "same": ("Đúng với lịch sử, không ô nào khác.", "It says what the history says; no cell differs."),
    "differs": ("{n} chỗ khác với lịch sử.", "{n} places differ from the history."),
    "place": ("Chỗ", "Place"),
    "in_file": ("Trong tệp", "In the file"),
    "recomputed": ("Tính lại", "Computed again"),
}
