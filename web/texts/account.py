"""Words of the own account's page."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Tài khoản của tôi", "My account"),
    "role": ("Vai trò", "Role"),
    "units": ("Đơn vị", "Units"),
    "everywhere": ("Toàn thành phố", "The whole office"),
    "change_password": ("Đổi mật khẩu", "Change the password"),
    "old_password": ("Mật khẩu hiện tại", "Present password"),
    "new_password": ("Mật khẩu mới", "New password"),
    "change_hint": (
        "Sau khi đổi, mọi phiên làm việc của tài khoản kết thúc; hãy đăng nhập lại.",
        "All sessions of the account end with the change; sign in again.",
    ),
}
