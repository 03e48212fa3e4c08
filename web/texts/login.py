"""Words of the sign-in page."""

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Đăng nhập", "Sign in"),
    "setup_done": ("Đã tạo tài khoản. Hãy đăng nhập.", "The account is made. Please sign in."),
    "no_script": (
        "Trình duyệt đang tắt JavaScript; bật lên để dùng sohoa.",
        "JavaScript is off in this browser; sohoa needs it.",
    ),
    "forgotten": ("Quên mật khẩu? Quản trị đặt lại được.", "Forgotten? The administrator can set a new one."),
}
