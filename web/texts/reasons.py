"""Why a person must look (records/review.py, keyed `reason_…`) and what is wrong with a scan (`quality_…`)."""

TEXTS: dict[str, tuple[str, str]] = {
    "reason_type_unsure": ("chưa chắc loại giấy tờ", "type not sure"),
    "reason_field_unsure": ("chưa chắc: {field}", "not sure: {field}"),
    "reason_field_missing": ("chưa đọc được: {field}", "not read: {field}"),
    "reason_dossier_unknown": ("chưa biết thuộc hồ sơ nào", "dossier not known"),
    "reason_dossier_unsure": ("có nhiều mã hồ sơ", "several dossiers named"),
    "reason_unreadable_page": ("có trang không đọc được", "a page cannot be read"),
    "reason_cover_with_pages": ("giấy tiếp nhận có trang kèm theo", "a receipt with pages behind it"),
    "reason_attempts_exhausted": ("máy không đọc được", "the machine gave up"),
    "reason_quality": ("bản quét: {field}", "scan: {field}"),
    "quality_low_resolution": (
        "quét {dpi} dpi, cần ít nhất 200 dpi",
        "scanned at {dpi} dpi; at least 200 are needed",
    ),
    "quality_blank": ("trang trắng (vẫn giữ)", "blank side (kept)"),
    "quality_skewed": ("bị nghiêng {skew}°, đặt giấy cho thẳng", "turned by {skew}°; lay it straight"),
    "quality_blurred": ("bị mờ, lau kính rồi quét lại", "blurred; clean the glass and scan again"),
    "quality_cut_off": ("bị cắt mép {edges}", "cut off at the {edges} edge"),
    "quality_not_colour": (
        "không phải ảnh màu ({colour}), cần quét màu",
        "scanned in {colour}; colour is asked for",
    ),
    "quality_too_dark": ("quá tối", "too dark"),
    "quality_too_pale": ("quá nhạt", "too pale"),
    "quality_truncated": (
        "tệp bị đứt, thiếu một phần trang",
        "the file broke off; part of the page is missing",
    ),
    "quality_repaired": (
        "tệp hỏng đã được sửa, so lại với giấy",
        "the file was damaged and repaired; compare it with the paper",
    ),
    "edge_top": ("trên", "top"),
    "edge_right": ("phải", "right"),
    "edge_bottom": ("dưới", "bottom"),
    "edge_left": ("trái", "left"),
    "colour_gray": ("xám", "grey"),
    "colour_bilevel": ("đen trắng", "black and white"),
    "colour_colour": ("màu", "colour"),
}
