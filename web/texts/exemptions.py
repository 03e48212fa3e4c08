"""Why a component is not digitized (Circular 01/2023, article 4), keyed `exempt_…`."""

TEXTS: dict[str, tuple[str, str]] = {
    "exempt_SHARED_DATA": (
        "dữ liệu đã có trong cơ sở dữ liệu dùng chung",
        "its data is in a shared database",
    ),
    "exempt_PHOTOCOPY": ("bản chụp", "a photocopy"),
    "exempt_CERTIFIED_COPY": ("bản sao chứng thực", "a certified copy"),
    "exempt_PRESENT_ONLY": ("chỉ xuất trình để đối chiếu", "shown for comparison only"),
    "exempt_SECRET": ("tài liệu mật", "a state secret"),
    "exempt_CERTIFICATION_PROCEDURE": ("thủ tục chứng thực", "a certification procedure"),
}
