"""Words of the search."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Tra cứu giấy tờ", "Search"),
    "menu": ("Tra cứu", "Search"),
    "query": ("Tìm gì", "Look for"),
    "hint": (
        "Gõ có dấu hay không dấu đều được. Mã hồ sơ, số ký hiệu, hoặc cụm từ trong ngoặc kép được tìm đúng như đã gõ.",
        "With or without tone marks. Codes, numbers and words in quotes are found as they stand.",
    ),
    "search": ("Tìm", "Search"),
    "filters": ("Lọc kết quả", "Filters"),
    "type": ("Loại giấy tờ", "Type"),
    "state": ("Tình trạng", "State"),
    "scanned": ("Quét từ ngày", "Scanned from"),
    "results": ("Kết quả", "Results"),
    "in_fields": ("trong thông tin của giấy tờ", "in the paper's fields"),
    "on_page": ("trang {n}", "page {n}"),
    "nothing": (
        "Không tìm thấy. Thử ít từ hơn, bỏ bớt bộ lọc, hoặc kiểm tra lại số.",
        "Nothing found. Try fewer words, drop a filter, or check the number.",
    ),
    "not_yet": (
        "Chưa thấy trong các trang mới nhất. Tìm tiếp trong các trang cũ hơn, hoặc gõ thêm từ.",
        "Not among the newest pages. Go on with older ones, or type more words.",
    ),
    "start": (
        "Gõ tên, mã, số hoặc cụm từ rồi nhấn Enter.",
        "Type a name, a code, a number or a phrase, then Enter.",
    ),
    "preview": ("Trang tìm thấy", "The page"),
    "choose": ("Chọn một kết quả để xem trang.", "Choose a result to see its page."),
    "marked": ("{n} chỗ được đánh dấu", "{n} places marked"),
    "open_paper": ("Mở giấy tờ", "Open the paper"),
    "the_dossier": ("Hồ sơ có mã này", "The dossier of this code"),
    "unknown_type": ("Chưa rõ loại", "Unknown type"),
}
