"""Permits and certificates of trades: building permit, alcohol and tobacco permits, food safety."""

from __future__ import annotations

from datetime import timedelta

from samples import codes
from samples.offices import Office
from samples.papers.desk import Desk
from samples.papers.letterhead import letterhead, title
from samples.papers.particulars import Row, figures, particulars
from samples.papers.signing import extra_marks, signing, some_recipients
from samples.people import some_address, words


def building_permit(desk: Desk) -> None:
    """Giấy phép xây dựng (Decree 15/2021, form 03/04): owner, works, parcel, duties."""
    rng, book = desk.rng, desk.book
    by = desk.local_office("committee_district")
    owner = desk.applicant()
    letterhead(desk, by, rng.choice(("GPXD", "GPXD", "GPXD-UBND", "GPXD-QLĐT")))
    title(desk, "GIẤY PHÉP XÂY DỰNG", rule=False)
    book.skip(-4)
    use = "(Sử dụng cho công trình nhà ở riêng lẻ)"
    book.centred([use], book.left, book.right)
    book.skip(4)
    desk.fields["owner"] = owner.name
    desk.fields["id_no"] = owner.id_no
    parcel, sheet, area = rng.randint(3, 1900), rng.randint(1, 78), rng.randint(60, 420)
    floor, storeys = round(area * rng.uniform(0.4, 0.9), 1), rng.randint(1, 4)
    desk.fields["parcel"], desk.fields["map_sheet"] = str(parcel), str(sheet)
    for text in (
        f"1. Cấp cho: {owner.polite} [[owner|{owner.name}]]; số CCCD/CMND: [[id_no|{owner.id_no}]];",
        f"- Địa chỉ: {owner.address}.",
        "2. Được phép xây dựng công trình: Nhà ở riêng lẻ (loại công trình: dân dụng, cấp III).",
        f"- Theo thiết kế có ký hiệu: KT-{rng.randint(1, 20):02d}; do {rng.choice(words('people')['companies'])} lập.",
        "- Gồm các nội dung sau:",
        f"+ Vị trí xây dựng: {some_address(rng, owner.home)}; thuộc thửa đất số [[parcel|{parcel}]], tờ "
        f"bản đồ số [[map_sheet|{sheet}]].",
        f"+ Cốt nền xây dựng công trình: +{_comma(rng.uniform(0.2, 1.2), 2)} m so với cốt vỉa hè; mật độ xây "
        f"dựng: {rng.randint(50, 90)}%; hệ số sử dụng đất: {_comma(rng.uniform(0.8, 3.2), 1)} lần.",
        f"+ Chỉ giới đường đỏ, chỉ giới xây dựng: cách tim đường {rng.randint(5, 18)},{rng.randint(0, 9)} m.",
        f"+ Diện tích xây dựng tầng 1: {_comma(floor, 1)} m²; tổng diện tích sàn: "
        f"{_comma(floor * storeys, 1)} m².",
        f"+ Chiều cao công trình: {rng.randint(4, 16)},{rng.randint(0, 9)} m; số tầng: {storeys:02d} tầng.",
        f"3. Giấy tờ về quyền sử dụng đất: Giấy chứng nhận số {rng.choice('BCD')}{rng.choice('ABMKX')} "
        f"{rng.randint(100000, 999999)} do {rng.choice(('UBND ' + desk.home.district, 'Sở Tài nguyên và Môi trường'))}"
        f" cấp ngày {codes.short_date(desk.day - timedelta(days=rng.randint(200, 3000)))}.",
        "4. Giấy phép này có hiệu lực khởi công xây dựng trong thời hạn 12 tháng kể từ ngày cấp; quá "
        "thời hạn trên thì phải đề nghị gia hạn giấy phép xây dựng./.",
    ):
        book.paragraph(text, indent=8.0, after=1.0)
    signing(desk, by, some_recipients(desk, by, "Như trên", "UBND"))
    if desk.chance(0.5):
        _duties(desk)
    extra_marks(desk, by)


def _comma(number: float, places: int) -> str:
    return f"{number:.{places}f}".replace(".", ",")


def _duties(desk: Desk) -> None:
    """The page of the owner's duties that follows a permit."""
    book = desk.book
    book.turn()
    book.centred(["CHỦ ĐẦU TƯ PHẢI THỰC HIỆN CÁC NỘI DUNG SAU ĐÂY:"], book.left, book.right, bold=True)
    book.skip(3)
    for text in (
        "1. Phải hoàn toàn chịu trách nhiệm trước pháp luật nếu xâm phạm các quyền hợp pháp của các chủ"
        " sở hữu liền kề.",
        "2. Phải thực hiện đúng các quy định của pháp luật về đất đai, về đầu tư xây dựng và Giấy phép xây dựng này.",
        "3. Phải thông báo cho cơ quan cấp phép xây dựng đến kiểm tra khi định vị công trình, xây móng "
        "và công trình ngầm (như hầm vệ sinh tự hoại, xử lý nước thải,…).",
        "4. Xuất trình Giấy phép xây dựng cho chính quyền sở tại trước khi khởi công xây dựng và treo "
        "biển báo tại địa điểm xây dựng theo quy định.",
        "5. Khi điều chỉnh thiết kế làm thay đổi nội dung Giấy phép xây dựng thì phải đề nghị điều "
        "chỉnh giấy phép xây dựng và chờ quyết định của cơ quan cấp giấy phép.",
    ):
        book.paragraph(text)
    book.skip(4)
    book.centred(["GIA HẠN GIẤY PHÉP"], book.left, book.right, bold=True)
    book.form_row([("1. Nội dung gia hạn:", "", 1.0)])
    book.form_row([("2. Thời gian có hiệu lực của giấy phép:", "", 1.0)])


def _shop(desk: Desk) -> str:
    parts = words("people")
    return f"{desk.rng.choice(parts['shops'])} {desk.rng.choice(parts['given_female'])}"


def _trade(desk: Desk, heading: str, symbol: str, by: Office, goods: str) -> None:
    rng, book = desk.rng, desk.book
    holder = desk.applicant()
    letterhead(desk, by, symbol)
    title(desk, heading, rule=False)
    prose = desk.prose(by, "business")
    book.centred([f"{by.head} {by.authority}"], book.left, book.right, bold=True)
    book.skip(2)
    for text in prose.draw("bases", rng.randint(2, 4)):
        book.paragraph(text, italic=True)
    book.paragraph(f"Xét Đơn đề nghị của {_shop(desk)} do {holder.polite.lower()} {holder.name} làm chủ,")
    book.centred([rng.choice(("CẤP PHÉP:", "QUYẾT ĐỊNH:"))], book.left, book.right, bold=True)
    desk.fields["holder"] = holder.name
    until = desk.day + timedelta(days=365 * rng.choice((3, 5)))
    desk.fields["valid_to"] = until.isoformat()
    for text in (
        f"**Điều 1.** Cho phép: [[holder|{holder.name}]], mã số thuế: {rng.randint(10**9, 10**10 - 1)}; "
        f"trụ sở tại: {holder.address}; điện thoại: {holder.phone}.",
        f"1. Được phép {goods} tại địa điểm: {some_address(rng, holder.home)}.",
        f"2. Được phép mua từ: {rng.choice(words('people')['companies'])}.",
        "**Điều 2.** Trách nhiệm thực hiện: phải thực hiện đúng các quy định tại Nghị định số "
        "105/2017/NĐ-CP ngày 14 tháng 9 năm 2017 của Chính phủ và những quy định của pháp luật liên "
        "quan.",
        "**Điều 3.** Thời hạn của Giấy phép: Giấy phép này có giá trị đến hết "
        f"[[valid_to|{codes.long_date(until)}]]./.",
    ):
        book.paragraph(text)
    signing(desk, by, some_recipients(desk, by, "Như Điều 1", by.symbol))
    extra_marks(desk, by)


def alcohol_permit(desk: Desk) -> None:
    """Giấy phép bán lẻ rượu, or to make spirits by hand."""
    by = desk.local_office("committee_district", "division")
    heading, goods = desk.rng.choice(
        (
            ("GIẤY PHÉP BÁN LẺ RƯỢU", "bán lẻ rượu"),
            ("GIẤY PHÉP SẢN XUẤT RƯỢU THỦ CÔNG", "sản xuất rượu thủ công nhằm mục đích kinh doanh"),
        )
    )
    _trade(desk, heading, f"GP-{by.symbol}", by, goods)


def tobacco_permit(desk: Desk) -> None:
    """Giấy phép bán lẻ sản phẩm thuốc lá."""
    by = desk.local_office("committee_district", "division")
    _trade(desk, "GIẤY PHÉP BÁN LẺ SẢN PHẨM THUỐC LÁ", f"GP-{by.symbol}", by, "bán lẻ sản phẩm thuốc lá")


def food_safety(desk: Desk) -> None:
    """Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm."""
    rng, book = desk.rng, desk.book
    by = desk.local_office("committee_district", "department")
    owner = desk.applicant()
    letterhead(
        desk, by, rng.choice((f"ATTP-{by.symbol}", f"GCNATTP-{by.symbol}", f"{desk.day.year}/ATTP-CNĐK"))
    )
    title(desk, "GIẤY CHỨNG NHẬN", rule=False)
    book.skip(-3)
    book.centred(["CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM"], book.left, book.right, bold=True)
    book.skip(4)
    until = desk.day + timedelta(days=3 * 365)
    rows: list[Row] = [
        (("Cơ sở:", _shop(desk), "business_name"),),
        (("Chủ cơ sở:", owner.name, "holder"),),
        (("Địa chỉ sản xuất, kinh doanh:", owner.address, ""),),
        (("Điện thoại:", owner.phone, ""), ("Fax:", "", "")),
        (
            (
                "Loại hình:",
                rng.choice(("Kinh doanh dịch vụ ăn uống", "Sản xuất nước đá dùng liền", "Bếp ăn tập thể")),
                "",
            ),
        ),
    ]
    particulars(desk, rows, False, False)
    book.centred(["ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM THEO QUY ĐỊNH"], book.left, book.right, bold=True)
    book.skip(3)
    book.paragraph(f"Giấy chứng nhận này có hiệu lực đến hết ngày [[valid_to|{figures(until)}]].")
    desk.fields["valid_to"] = until.isoformat()
    signing(desk, by, None)
    extra_marks(desk, by)
