"""What went wrong, in plain words: one entry for each stable code of records/errors.py, keyed `error_<code>`.

The English text is the error's own sentence and advice, as the API gives them; both stand here so that a page can be
rendered without asking.
"""

_WAIT = (
    "Không có gì bị mất, không cần gửi lại. Thử lại sau ít phút; nếu kéo dài, báo quản trị.",
    "Nothing is lost and nothing needs to be sent again. Try again in a few minutes, or tell the administrator.",
)
_BY_HAND = (
    "Mở trên màn hình và nhập theo giấy, hoặc quét lại.",
    "Enter it by hand, or scan the paper again.",
)


def _both(vi: str, en: str, then: tuple[str, str]) -> tuple[str, str]:
    return f"{vi} {then[0]}", f"{en} {then[1]}"


TEXTS: dict[str, tuple[str, str]] = {
    "error_error": (
        "Lỗi của chương trình. Báo quản trị kèm thời điểm và mã yêu cầu.",
        "A fault in sohoa. Report it with the time and the request id.",
    ),
    "error_invalid_input": (
        "Dữ liệu gửi lên không dùng được. Sửa rồi gửi lại.",
        "The input cannot be taken as it is. Correct it and send it again.",
    ),
    "error_no_such_file": (
        "Không có tệp nào đọc được ở đường dẫn này. Kiểm tra lại đường dẫn và quyền đọc tệp.",
        "There is no file at that path that may be read. Check the path and the rights of the file.",
    ),
    "error_empty_file": (
        "Tệp rỗng: máy quét hoặc mạng làm mất nội dung. Quét lại.",
        "The file is empty: scanner or network dropped it. Scan again.",
    ),
    "error_unsupported_media_type": (
        "Tệp không phải PDF, TIFF, JPEG hay PNG.",
        "The file is none of PDF, TIFF, JPEG or PNG.",
    ),
    "error_file_too_large": (
        "Tệp lớn hơn giới hạn. Tách thành tệp nhỏ hơn.",
        "The file is larger than the limit. Split it.",
    ),
    "error_fixity_mismatch": (
        "Tệp bị hỏng trên đường truyền. Gửi lại.",
        "The file was damaged on the way. Send it again.",
    ),
    "error_damaged_file": (
        "Tệp hỏng, không xem được trang nào. Quét lại.",
        "The file is broken; no page can be shown. Scan again.",
    ),
    "error_encrypted_file": (
        "Tệp có mật khẩu. Xin bản không mật khẩu, hoặc in ra rồi quét.",
        "The file has a password. Ask for one without, or print and scan it.",
    ),
    "error_too_many_pages": ("Tệp quá nhiều trang. Tách tệp.", "The file has too many pages. Split it."),
    "error_image_too_large": (
        "Trang quá lớn. Quét ở 200 đến 300 dpi; tờ lớn hơn A1 quét ở 200 dpi.",
        "A page is too large. Scan at 200 to 300 dpi; a sheet larger than A1 at 200.",
    ),
    "error_decode_timeout": (
        "Mở tệp quá lâu. Quét lại giấy.",
        "Opening the file took too long. Scan the paper again.",
    ),
    "error_decode_memory": (
        "Tệp đòi quá nhiều bộ nhớ. Quét lại giấy.",
        "The file wants too much memory. Scan the paper again.",
    ),
    "error_invalid_manifest": (
        "Khai báo của lô không khớp với lần trước. Mở lô mới.",
        "The batch's declaration contradicts an earlier one. Open a new batch.",
    ),
    "error_invalid_import": (
        "Không đọc được tệp danh sách hồ sơ. Dùng CSV (UTF-8) hoặc XLSX có dòng tiêu đề.",
        "The list of dossiers cannot be read. Use CSV (UTF-8) or XLSX with a header row.",
    ),
    "error_invalid_report": (
        "Tệp này không phải báo cáo của sohoa. Dùng đúng tệp đã tải về (JSON, CSV, XLSX hoặc PDF).",
        "This file is none of sohoa's reports. Give the file as it was downloaded (JSON, CSV, XLSX or PDF).",
    ),
    "error_invalid_dossier_code": (
        "Không phải mã hồ sơ. Gõ đúng như trên giấy tiếp nhận, ví dụ H58.30-220303-0012.",
        "Not a dossier code. Type it as on the receipt, for example H58.30-220303-0012.",
    ),
    "error_invalid_value": (
        "Giá trị không đúng dạng. Sửa rồi gửi lại.",
        "A value has the wrong form. Correct it.",
    ),
    "error_refused": ("Yêu cầu bị từ chối.", "The request was refused."),
    "error_not_signed_in": (
        "Tên hoặc mật khẩu không đúng, hoặc phiên làm việc đã hết.",
        "Wrong name or password, or the session is over.",
    ),
    "error_not_allowed": (
        "Tài khoản không có quyền này. Cần thì đề nghị quản trị cấp.",
        "The account may not do this. Ask the administrator if you need it.",
    ),
    "error_not_found": (
        "Không có gì ở địa chỉ này, hoặc thuộc đơn vị khác.",
        "There is nothing here, or it belongs to another unit.",
    ),
    "error_stale_version": (
        "Người khác vừa sửa giấy tờ này. Không có gì bị ghi đè: tải bản mới, xem thay đổi rồi làm lại nếu cần.",
        "Somebody has just changed this paper. Nothing was overwritten: load it again and look at the change.",
    ),
    "error_version_required": (
        "Thiếu phiên bản của giấy tờ. Tải lại trang.",
        "The version of the paper is missing. Load the page again.",
    ),
    "error_illegal_transition": (
        "Giấy tờ đã sang bước khác. Tải lại để xem.",
        "The paper has moved on. Load it again.",
    ),
    "error_rule_has_begun": (
        "Quy định này đã có hiệu lực, báo cáo đã dùng. Nhập phiên bản mới; bản cũ vẫn giữ trong lịch sử.",
        "This rule is in force and reports were made by it. Enter a new version; the old one stays in the history.",
    ),
    "error_rule_unchanged": (
        "Ngày đó đã áp dụng đúng các số này. Xem lại ngày và số nếu muốn nhập khác.",
        "These very figures count on that day already. Check the day and the figures.",
    ),
    "error_batch_incomplete": (
        "Còn tệp đã khai báo mà chưa đến. Gửi nốt rồi đóng lô.",
        "Declared files have not arrived. Send them, then complete the batch.",
    ),
    "error_record_leased": (
        "Người khác đang xử lý giấy này. Lấy giấy tiếp theo.",
        "Another person works on this paper now. Take the next one.",
    ),
    "error_review_lease_lost": (
        "Giấy này không còn giữ cho bạn nữa. Mở lại rồi làm tiếp.",
        "The paper is not leased to you any more. Open it again and repeat.",
    ),
    "error_not_reusable": (
        "Giấy này không dùng lại được cho hồ sơ: hết hiệu lực, không phải của người này hoặc chưa lưu. Quét giấy.",
        "The paper cannot be used again here: not valid, not this person's or not filed. Scan it.",
    ),
    "error_batch_closed": (
        "Lô đã đóng. Mở lô mới cho tệp mới.",
        "The batch is complete. Open a new one for new files.",
    ),
    "error_file_withdrawn": (
        "Máy quét đã rút tệp này khỏi lô. Khai báo lại trong lô mới.",
        "The station has withdrawn this file. Declare it in a new batch.",
    ),
    "error_already_received": (
        "Máy chủ đã nhận tệp này, không rút được nữa; cán bộ có thể loại giấy tờ.",
        "The service has this file already; a clerk can discard its papers.",
    ),
    "error_dossier_unknown": (
        "Chưa có hồ sơ mang mã này. So lại với giấy tiếp nhận; nếu đúng, nhập danh sách hồ sơ trước.",
        "No dossier has this code. Compare it with the receipt; if it is right, import the dossier first.",
    ),
    "error_secret_paper": (
        "Tài liệu mật không được quét. Không lưu gì cả; làm theo quy định bảo vệ bí mật nhà nước.",
        "Secret papers are not scanned. Nothing was stored; follow the rules for state secrets.",
    ),
    "error_too_many_requests": (
        "Quá nhiều lần trong thời gian ngắn. Chờ một lát rồi thử lại.",
        "Too many requests in a short time. Wait a little, then try again.",
    ),
    "error_unreadable": _both("Máy không làm được.", "The machine could not do this.", _BY_HAND),
    "error_recognition_failed": _both("Máy không đọc được trang.", "The page could not be read.", _BY_HAND),
    "error_attempts_exhausted": _both(
        "Máy đã thử nhiều lần mà không xong.", "The machine tried several times in vain.", _BY_HAND
    ),
    "error_filing_failed": (
        "Chưa tạo được bản PDF lưu trữ. Bản quét gốc vẫn an toàn; có thể yêu cầu tạo lại.",
        "The archival PDF could not be made. The master is safe; ask for it again.",
    ),
    "error_backend_unavailable": _both("Một dịch vụ không trả lời.", "A service does not answer.", _WAIT),
    "error_database_unavailable": _both(
        "Cơ sở dữ liệu không trả lời.", "The database does not answer.", _WAIT
    ),
    "error_object_store_unavailable": _both(
        "Kho tệp không trả lời.", "The object store does not answer.", _WAIT
    ),
    "error_broker_unavailable": _both("Hàng đợi không trả lời.", "The broker does not answer.", _WAIT),
    "error_engine_unavailable": _both(
        "Bộ nhận dạng chưa chạy.", "The recognition engine is not available.", _WAIT
    ),
    "error_object_missing": (
        "Kho tệp thiếu một tệp. Báo quản trị để khôi phục từ bản sao lưu.",
        "A file is missing in the object store. Tell the administrator to restore it from the backup.",
    ),
    "error_scratch_full": _both(
        "Ổ đĩa tạm của máy chủ đã đầy.", "The server's disk for temporary files is full.", _WAIT
    ),
    "error_results_not_written": (
        "Không ghi được kết quả vào thư mục. Dọn chỗ trên ổ đĩa hoặc chọn thư mục khác.",
        "The results cannot be written into their folder. Make room on the disk, or choose another folder.",
    ),
    "error_lease_lost": (
        "Người khác đã nhận giấy tờ này. Không có gì bị ghi đè.",
        "Somebody else has taken this paper. Nothing was overwritten.",
    ),
}
