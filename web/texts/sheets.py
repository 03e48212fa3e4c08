"""Words of the pages as a person looks at them (static/sheets.js)."""

TEXTS: dict[str, tuple[str, str]] = {
    "image": ("Ảnh giấy tờ", "The paper's image"),
    "image_tools": ("Công cụ xem ảnh", "Tools for the image"),
    "image_area": (
        "Ảnh trang; phím cộng, trừ để phóng to, thu nhỏ",
        "The page's image; plus and minus zoom",
    ),
    "no_image": ("Không mở được ảnh của trang này.", "The image of this page cannot be shown."),
    "page_of": ("Trang {n} trên {all}", "Page {n} of {all}"),
    "zoom_in": ("Phóng to", "Zoom in"),
    "zoom_out": ("Thu nhỏ", "Zoom out"),
    "fit_width": ("Vừa chiều ngang", "Fit width"),
    "fit_page": ("Vừa trang", "Fit page"),
    "turn_left": ("Xoay trái", "Turn left"),
    "turn_right": ("Xoay phải", "Turn right"),
    "region": ("Đọc vùng", "Read a region"),
    "region_hint": (
        "Kéo khung trên ảnh, hoặc bấm hai góc: chữ trong khung vào trường đang chọn (Alt V)",
        "Drag a frame on the image, or press two corners: its text goes into the field (Alt V)",
    ),
    "region_needs_field": ("Hãy chọn một trường trước.", "Choose a field first."),
    "region_reading": ("Đang đọc vùng…", "Reading the region…"),
    "region_empty": ("Không đọc được chữ nào trong vùng này.", "Nothing could be read there."),
    "region_read": ("Đã đưa vào: {field}", "Put into: {field}"),
}
