"""Every word on the screens, in Vietnamese and in English."""

from __future__ import annotations

LANGUAGES = ("vi", "en")

_TEXTS: dict[str, tuple[str, str]] = {
    "tagline": ("Số hóa hồ sơ một cửa", "From paper to data"),
    "sign_in": ("Đăng nhập", "Sign in"),
    "sign_out": ("Đăng xuất", "Sign out"),
    "account": ("Tài khoản", "Account"),
    "password": ("Mật khẩu", "Password"),
    "setup_title": ("Tạo tài khoản quản trị đầu tiên", "Make the first administrator"),
    "setup_do": ("Tạo tài khoản", "Create the account"),
    "setup_done": ("Đã tạo. Hãy đăng nhập.", "Done. Please sign in."),
    "batches": ("Lô quét", "Batches"),
    "records": ("Giấy tờ chờ xác nhận", "Papers that wait"),
    "coverage": ("Tỷ lệ số hóa", "Coverage"),
    "empty": ("Chưa có gì ở đây.", "Nothing here yet."),
    "opened": ("Mở lúc", "Opened"),
    "operator": ("Người quét", "Operator"),
    "unit": ("Đơn vị", "Unit"),
    "state": ("Trạng thái", "State"),
    "files": ("Tệp", "Files"),
    "pages": ("Trang đã đọc", "Pages read"),
    "papers": ("Giấy tờ", "Papers"),
    "type": ("Loại giấy tờ", "Type"),
    "dossier": ("Mã hồ sơ", "Dossier"),
    "why": ("Cần xem vì", "Look because"),
    "component": ("Thành phần hồ sơ", "Component"),
    "result": ("Kết quả giải quyết", "Result"),
    "confirm": ("Xác nhận", "Confirm"),
    "confirmed": ("Đã xác nhận.", "Confirmed."),
    "role": ("Là", "Is a"),
    "from": ("Từ ngày", "From"),
    "to": ("Đến ngày", "To"),
    "show": ("Xem", "Show"),
    "received": ("Tiếp nhận", "Received"),
    "resolved": ("Đã giải quyết", "Resolved"),
    "without": ("Không tính chứng thực", "Without certification"),
    "with": ("Tính cả chứng thực", "With certification"),
    "gap": ("Còn thiếu", "Missing"),
    "total": ("Tổng", "Total"),
    "back": ("Quay lại", "Back"),
    "page": ("Trang", "Page"),
    "pdf": ("PDF lưu trữ", "Archival PDF"),
    "value_sure": ("chắc chắn", "sure"),
    "state_open": ("Đang nhận", "Open"),
    "state_processing": ("Đang đọc", "Being read"),
    "state_waiting": ("Chờ xác nhận", "Waits for a clerk"),
    "state_done": ("Xong", "Done"),
    "state_failed": ("Không mở được", "Cannot be opened"),
    "number_symbol": ("Số, ký hiệu", "Number/symbol"),
    "issuing_authority": ("Cơ quan ban hành", "Issuing authority"),
    "issue_date": ("Ngày ban hành", "Date of issue"),
    "place": ("Địa danh", "Place"),
    "subject": ("Trích yếu", "Subject"),
    "signer_name": ("Người ký", "Signer"),
    "signer_title": ("Chức vụ", "Signer's title"),
    "dossier_code": ("Mã hồ sơ đọc được", "Dossier code as read"),
    "parent_authority": ("Cơ quan cấp trên", "Parent authority"),
    "applicant": ("Người nộp", "Applicant"),
    "id_no": ("Số giấy tờ tùy thân", "Id number"),
    "phone": ("Điện thoại", "Phone"),
    "procedure_name": ("Thủ tục", "Procedure"),
    "received_at": ("Ngày tiếp nhận", "Received on"),
    "due_at": ("Ngày hẹn trả", "Due on"),
    "type_unsure": ("chưa chắc loại giấy tờ", "type not sure"),
    "field_unsure": ("chưa chắc", "not sure"),
    "field_missing": ("chưa đọc được", "not read"),
    "dossier_unknown": ("chưa biết hồ sơ nào", "dossier not known"),
    "dossier_unsure": ("có nhiều mã hồ sơ", "several dossiers named"),
    "unreadable_page": ("có trang không đọc được", "a page cannot be read"),
    "cover_with_pages": ("giấy tiếp nhận có trang kèm theo", "a receipt with pages behind it"),
    "attempts_exhausted": ("máy không đọc được", "the machine gave up"),
    "quality": ("chất lượng quét", "quality of the scan"),
}


def texts(language: str) -> dict[str, str]:
    """All words in one language: "vi" or "en".

    >>> texts("en")["confirm"]
    'Confirm'
    """
    index = LANGUAGES.index(language)
    return {key: words[index] for key, words in _TEXTS.items()}
