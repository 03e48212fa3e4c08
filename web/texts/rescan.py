"""Why a page must be scanned again (records/rescan.py), keyed `rescan_<reason>`."""

TEXTS: dict[str, tuple[str, str]] = {
    "rescan_blurred": ("Bị mờ", "Blurred"),
    "rescan_cut_off": ("Bị cắt mép", "Cut off"),
    "rescan_skewed": ("Bị nghiêng", "Skewed"),
    "rescan_too_dark": ("Quá tối", "Too dark"),
    "rescan_too_pale": ("Quá nhạt", "Too pale"),
    "rescan_wrong_side": ("Nhầm mặt, nhầm trang", "Wrong side or page"),
    "rescan_other": ("Lý do khác", "Another reason"),
}
