"""Words of the accounts' screen."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Tài khoản", "Accounts"),
    "name": ("Tên đăng nhập", "Account name"),
    "name_hint": ("Chữ thường, chữ số, dấu chấm, gạch.", "Small letters, digits, dot, dash, underscore."),
    "role": ("Vai trò", "Role"),
    "units": ("Đơn vị phụ trách", "Org units"),
    "everywhere": ("Toàn cơ quan", "The whole office"),
    "state": ("Tình trạng", "State"),
    "active": ("Đang dùng", "Active"),
    "locked": ("Đã khóa", "Locked"),
    "lock": ("Khóa", "Lock"),
    "unlock": ("Mở khóa", "Unlock"),
    "add": ("Thêm tài khoản", "Add an account"),
    "change": ("Sửa", "Change"),
    "first_password": ("Mật khẩu đầu tiên", "First password"),
    "new_password": ("Mật khẩu mới (để trống: giữ nguyên)", "New password (empty: unchanged)"),
    "password_hint": ("Ít nhất 10 ký tự.", "At least 10 characters."),
    "saved": ("Đã lưu {name}.", "{name} is saved."),
    "units_hint": ("Gồm cả đơn vị trực thuộc.", "Each with everything below it."),
}
