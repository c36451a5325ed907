#!/usr/bin/env python3
"""Makes the demo workbooks beside this file. Run by hand after a change: seeds/demo/make.py

Nine senders, nine layouts, as departments and units keep them; figures, document numbers and results are invented,
the tasks are those of the founding notice (../notices/2020-q1.json). Needs openpyxl; the .xls and .ods are saved
through LibreOffice so that they are what people really send.
"""
import datetime, json, pathlib, shutil, subprocess, tempfile, unicodedata

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

HERE = pathlib.Path(__file__).resolve().parent
NOTICE = json.loads((HERE / "../notices/2020-q1.json").read_text(encoding="utf-8"))
TASK = {task["id"]: task["content"] for task in NOTICE["tasks"]}
THIN = Side(style="thin", color="FF000000")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
# The stored date of every file, so that a second run makes the same bytes where nothing changed.
STAMP = datetime.datetime(2020, 4, 20, 8, 0, 0)


class Page:
    """One sheet being written row by row."""

    def __init__(self, title, widths, font="Times New Roman"):
        self.book = openpyxl.Workbook()
        self.sheet = self.book.active
        self.sheet.title = title
        self.font = font
        self.row = 0
        self.book.properties.created = self.book.properties.modified = STAMP
        for index, width in enumerate(widths):
            self.sheet.column_dimensions[openpyxl.utils.get_column_letter(index + 1)].width = width
        self.columns = len(widths)

    def line(self, text="", bold=False, italic=False, size=12, align="center", first=1, last=None):
        self.row += 1
        cell = self.sheet.cell(self.row, first, text or None)
        cell.font = Font(name=self.font, bold=bold, italic=italic, size=size)
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        if text:
            self.sheet.merge_cells(start_row=self.row, start_column=first, end_row=self.row, end_column=last or self.columns)
        return self.row

    def beside(self, text, first, bold=False, italic=False):
        """A second text on the line just written."""
        cell = self.sheet.cell(self.row, first, text)
        cell.font = Font(name=self.font, bold=bold, italic=italic, size=12)
        cell.alignment = Alignment(horizontal="center")
        self.sheet.merge_cells(start_row=self.row, start_column=first, end_row=self.row, end_column=self.columns)

    def cells(self, values, bold=False, fill=None, formats=None, first=1):
        self.row += 1
        for index, value in enumerate(values):
            cell = self.sheet.cell(self.row, first + index, value)
            cell.font = Font(name=self.font, bold=bold, size=11)
            cell.border = BOX
            centred = bold or index == 0 or not isinstance(value, str) or len(value) < 12
            cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=True)
            if fill:
                cell.fill = PatternFill("solid", fgColor=fill)
            if formats and formats.get(index) and value is not None:
                cell.number_format = formats[index]
        return self.row

    def merge(self, reference):
        self.sheet.merge_cells(reference)

    def sign(self, place, post):
        self.line()
        half = self.columns // 2 + 1
        self.line(place, italic=True, first=half)
        self.line(post, bold=True, first=half)

    def save(self, name):
        self.sheet.page_setup.orientation = "landscape"
        self.sheet.page_setup.paperSize = 9
        path = HERE / name
        self.book.save(path)
        return path


def head(page, body, office):
    half = page.columns // 2
    page.line(body, last=half)
    page.beside("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", half + 1, bold=True)
    page.line(office, bold=True, last=half)
    page.beside("Độc lập - Tự do - Hạnh phúc", half + 1, bold=True)
    page.line()


def thanh_hoa():
    """One header row, a row of column numbers, whole percents, the status in words."""
    page = Page("Phụ lục", [6, 52, 18, 16, 16, 11, 46, 26])
    head(page, "UBND TỈNH THANH HÓA", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG")
    page.line("TÌNH HÌNH THỰC HIỆN KẾT LUẬN CỦA BỘ TRƯỞNG TẠI HỘI NGHỊ GIAO BAN QUÝ I/2020", bold=True, size=13)
    page.line("(Kèm theo Báo cáo số 58/BC-STTTT ngày 15/4/2020 của Sở Thông tin và Truyền thông)", italic=True)
    page.cells(["STT", "Nội dung nhiệm vụ được giao", "Phòng chủ trì", "Thời hạn", "Tình trạng", "Tỷ lệ (%)",
                "Kết quả thực hiện", "Khó khăn, vướng mắc"], bold=True)
    page.cells([f"({n})" for n in range(1, 9)])
    page.cells(["1", TASK["VII.4-1"], "Phòng TTBCXB", "Thường xuyên", "Đang thực hiện", 70,
                "Phối hợp Công an tỉnh xử lý 12 trường hợp đăng tin sai sự thật về dịch bệnh", None])
    page.cells(["2", TASK["VII.4-2"], None, None, None, None, None, None])
    page.cells(["2.1", TASK["VII.4-2.1"], "Phòng CNTT", "30/4/2020", "Đã hoàn thành", 100,
                "Kế hoạch 81/KH-UBND; 100% huyện họp trực tuyến; 612 trường dạy học trực tuyến", None])
    page.cells(["2.2", TASK["VII.4-2.2"], "Phòng TTBCXB", "Thường xuyên", "Đang thực hiện", 60,
                "27/27 đài truyền thanh huyện phát bản tin 2 lần/ngày", "Thiết bị truyền thanh cơ sở cũ"])
    page.cells(["3", TASK["VII.4-3"], "Phòng BCVT", "Quý II/2020", "Chưa thực hiện", 0, None,
                "Chờ hướng dẫn của Cục Viễn thông"])
    page.sign("Thanh Hóa, ngày 15 tháng 4 năm 2020", "GIÁM ĐỐC")
    page.save("thanh-hoa.xlsx")


def hai_duong():
    """Two header rows with a merged group; the status is an x in one of three columns."""
    page = Page("Bieu TH", [6, 56, 14, 10, 10, 10, 48, 18])
    page.line("BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ BỘ TRƯỞNG GIAO", bold=True, size=13)
    page.line("Đơn vị: Sở Thông tin và Truyền thông tỉnh Hải Dương", italic=True)
    page.line()
    top = page.cells(["TT", "Nhiệm vụ", "Hạn hoàn thành", "Kết quả", None, None, "Nội dung thực hiện", "Ghi chú"], bold=True)
    page.cells([None, None, None, "Đã xong", "Đang làm", "Chưa làm", None, None], bold=True)
    for column in "ABCGH":
        page.merge(f"{column}{top}:{column}{top + 1}")
    page.merge(f"D{top}:F{top}")
    rows = [("VII.4-1", None, 1, "Thành lập tổ rà quét; gỡ 9 bài viết, xử phạt 3 trường hợp"),
            ("VII.4-2.1", "15/4/2020", 0, "Đã có Đề án 14/ĐA-STTTT; họp trực tuyến tới 235 xã"),
            ("VII.4-2.2", None, 0, "Đã mở chuyên mục; 12 bản tin/tuần"),
            ("VII.4-3", "30/6/2020", 1, "Đang lấy ý kiến 4 doanh nghiệp viễn thông"),
            ("II.1-3", "tháng 6/2020", 2, "Chưa nhận được văn bản của Cục Viễn thông")]
    for number, (task, due, mark, result) in enumerate(rows, 1):
        marks = ["x" if index == mark else None for index in range(3)]
        page.cells([number, TASK[task], due, *marks, result, None])
    total = page.cells(["", "Tổng cộng", None] + [None] * 5, bold=True)
    for column in "DEF":
        page.sheet[f"{column}{total}"] = f'=COUNTA({column}{top + 2}:{column}{total - 1})'
    page.sign("Hải Dương, ngày 18 tháng 4 năm 2020", "NGƯỜI LẬP BIỂU")
    page.save("hai-duong.xlsx")


def quang_nam():
    """Groups by roman numerals, date cells, percent cells with the format 0%."""
    page = Page("Tien do", [6, 54, 18, 14, 12, 16, 44])
    page.line("THEO DÕI TIẾN ĐỘ NHIỆM VỤ BỘ TTTT GIAO NĂM 2020", bold=True, size=14)
    page.line("Sở Thông tin và Truyền thông tỉnh Quảng Nam", italic=True)
    top = page.cells(["STT", "Nội dung công việc", "Phân công", "Tiến độ", None, None, "Kết quả đạt được"], bold=True)
    page.cells([None, None, None, "Thời hạn", "% hoàn thành", "Tình trạng", None], bold=True)
    for column in "ABCG":
        page.merge(f"{column}{top}:{column}{top + 1}")
    page.merge(f"D{top}:F{top}")
    shown = {3: "dd/mm/yyyy", 4: "0%"}
    page.cells(["I", "Lĩnh vực Viễn thông"] + [None] * 5, bold=True)
    page.merge(f"B{page.row}:G{page.row}")
    page.cells([1, TASK["II.1-3"], "Phòng BCVT", datetime.date(2020, 6, 30), 0.4, "Đang thực hiện",
                "Đã họp với các doanh nghiệp ngày 02/4/2020"], formats=shown)
    page.cells(["II", "Các nhiệm vụ khác"] + [None] * 5, bold=True)
    page.merge(f"B{page.row}:G{page.row}")
    page.cells([1, TASK["VII.4-1"], "Phòng TTBCXB", None, 0.85, "Đang thực hiện",
                "Ký quy chế phối hợp với Công an tỉnh; xử lý 17 vụ việc"], formats=shown)
    page.cells([2, TASK["VII.4-2.1"], "Trung tâm CNTT&TT", datetime.date(2020, 4, 15), 1, "Đã hoàn thành",
                "Nền tảng họp trực tuyến dùng chung cho 18 huyện"], formats=shown)
    page.cells([3, TASK["VII.4-2.2"], "Phòng TTBCXB", None, 1, "Đã hoàn thành",
                "Ứng dụng Quảng Nam thông minh đưa tin dịch bệnh hằng ngày"], formats=shown)
    page.cells([4, TASK["VII.4-3"], "Phòng BCVT", datetime.date(2020, 6, 15), 0.305, "Đang thực hiện",
                "Dự thảo kế hoạch lần 2"], formats=shown)
    page.sheet.freeze_panes = f"C{top + 2}"
    page.save("quang-nam.xlsx")


def bac_ninh():
    """A cover sheet first; decomposed Unicode; percents as text with a comma; no status column."""
    page = Page("Bia", [40, 40])
    page.line("BÁO CÁO CỦA SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH BẮC NINH", bold=True, size=16)
    page.line("Quý I năm 2020", size=14)
    page.columns, page.row = 6, 0
    page.sheet = page.book.create_sheet("Chi tiet")
    for letter, width in zip("ABCDEF", [6, 56, 16, 14, 46, 28]):
        page.sheet.column_dimensions[letter].width = width
    page.line("KẾT QUẢ THỰC HIỆN THÔNG BÁO KẾT LUẬN HỘI NGHỊ GIAO BAN", bold=True, size=13)
    page.line()
    page.cells(["TT", "Nội dung kết luận", "Thời hạn\nhoàn thành", "Mức độ\nhoàn thành (%)", "Kết quả đến ngày 14/4/2020",
                "Kiến nghị, đề xuất"], bold=True)
    rows = [("VII.4-1", "Thường xuyên", "75,5%", "Xử lý 6 trường hợp; 2 cuộc kiểm tra", None),
            ("VII.4-2.1", "30/4/2020", "100%", "Đã triển khai tại 126/126 xã, phường", None),
            ("VII.4-2.2", "Thường xuyên", "90,25%", "Chuyên trang phòng, chống dịch có 1,2 triệu lượt xem", None),
            ("VII.4-3", "30/6/2020", "25%", "Đã khảo sát hạ tầng 8/8 huyện", "Sớm ban hành hướng dẫn dùng chung hạ tầng")]
    for number, (task, due, percent, result, proposal) in enumerate(rows, 1):
        page.cells([number, TASK[task], due, percent, result, proposal])
    for sheet in page.book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = unicodedata.normalize("NFD", cell.value)
    page.save("bac-ninh.xlsx")


def tcvn3(text):
    """Unicode to TCVN3 by the table of the vocabulary; capitals with tone do not exist there."""
    table = {}
    for line in (HERE / "../vocabulary/tcvn3.csv").read_text(encoding="utf-8").splitlines():
        parts = line.split(",")
        if len(parts) >= 3 and parts[0].startswith("U+"):
            table[chr(int(parts[1][2:], 16))] = chr(int(parts[0][2:], 16))
    return "".join(table.get(letter, table.get(letter.lower(), letter)) for letter in unicodedata.normalize("NFC", text))


def gia_lai():
    """Binary .xls in TCVN3 (.VnTime)."""
    page = Page("Bao cao", [6, 56, 20, 16, 18, 44], font=".VnTime")
    page.line("Báo cáo kết quả thực hiện nhiệm vụ Bộ trưởng giao", bold=True, size=14)
    page.line("Sở Thông tin và Truyền thông tỉnh Gia Lai", bold=True)
    page.line()
    page.cells(["TT", "Nội dung nhiệm vụ", "Đơn vị thực hiện", "Thời gian hoàn thành", "Tình trạng thực hiện", "Kết quả"], bold=True)
    rows = [("VII.4-1", "Phòng Thông tin - Báo chí", "Thường xuyên", "Đang thực hiện", "Đã xử lý 4 vụ việc"),
            ("VII.4-2.1", "Phòng Công nghệ thông tin", "30/4/2020", "Đã hoàn thành", "Đã ban hành Công văn 412/STTTT-CNTT"),
            ("VII.4-2.2", "Phòng Thông tin - Báo chí", "Thường xuyên", "Đang thực hiện", "Phát thanh bằng tiếng Jrai và Bahnar"),
            ("VII.4-3", "Phòng Bưu chính - Viễn thông", "Quý III/2020", "Chưa thực hiện", "Sẽ trình trong quý II")]
    for number, row in enumerate(rows, 1):
        page.cells([number, TASK[row[0]], *row[1:]])
    for row in page.sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = tcvn3(cell.value)
    convert(page, "gia-lai", "xls")


def kien_giang():
    """OpenDocument; percents inside words; groups by the department's own divisions."""
    page = Page("Theo doi", [6, 58, 18, 22, 20, 44])
    page.line("SỔ THEO DÕI NHIỆM VỤ - SỞ TTTT KIÊN GIANG", bold=True, size=14)
    page.cells(["STT", "Nội dung", "Hạn xử lý", "Tiến độ", "Trạng thái", "Diễn giải"], bold=True)
    page.cells(["A", "Phòng Thông tin, Báo chí, Xuất bản"] + [None] * 4, bold=True)
    page.cells(["1", TASK["VII.4-1"], "Thường xuyên", "đạt 50%", "Đang triển khai", "Đã rà soát 40 trang, nhóm"])
    page.cells(["2", TASK["VII.4-2.2"], "Trong năm 2020", "khoảng 70%", "Đang triển khai", "15/15 huyện có bản tin"])
    page.cells(["B", "Phòng Công nghệ thông tin"] + [None] * 4, bold=True)
    page.cells(["3", TASK["VII.4-2.1"], "trước 01/5/2020", "100%", "Hoàn thành", "Đã đào tạo trực tuyến 320 cán bộ"])
    page.cells(["C", "Phòng Bưu chính, Viễn thông"] + [None] * 4, bold=True)
    page.cells(["4", TASK["VII.4-3"], "Quý II/2020", "chưa có số liệu", "Đang triển khai", "Đang tổng hợp ý kiến"])
    convert(page, "kien-giang", "ods")


def tin_hoc_hoa():
    """A ministry unit: its fourteen tasks, most with a deadline."""
    page = Page("THH", [6, 60, 20, 16, 10, 44])
    page.line("CỤC TIN HỌC HÓA", bold=True, align="left")
    page.line("TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ TẠI THÔNG BÁO KẾT LUẬN QUÝ I/2020", bold=True, size=13)
    page.line()
    page.cells(["STT", "Tên nhiệm vụ", "Thời hạn hoàn thành", "Trạng thái", "%", "Kết quả"], bold=True)
    done, doing, not_yet = "Đã hoàn thành", "Đang thực hiện", "Chưa thực hiện"
    rows = [(doing, 40, "Hạng 86 thế giới, tăng 2 bậc"), (done, 100, "Thông tư 12/2020/TT-BTTTT"),
            (done, 100, "Tờ trình 21/TTr-BTTTT"), (doing, 60, "Đang lắp đặt thiết bị"),
            (doing, 50, "Đã gửi xin ý kiến 22 bộ"), (done, 100, "Đã hợp nhất từ ngày 10/4/2020"),
            (doing, 80, "Đang thử nghiệm"), (doing, 55, "12/25 chỉ tiêu đạt"), (done, 100, "Đã làm việc với 14 tỉnh"),
            (done, 100, "Họp trực tuyến ngày 20/3/2020"), (doing, 70, "Dự thảo báo cáo lần 3"), (doing, 20, None),
            (not_yet, 0, None), (doing, 30, "Làm việc với 3 doanh nghiệp")]
    for number, (status, percent, result) in enumerate(rows, 1):
        task = next(t for t in NOTICE["tasks"] if t["id"] == f"III.1-{number}")
        page.cells([number, task["content"], task["deadline"]["raw"], status, percent, result])
    page.save("cuc-tin-hoc-hoa.xlsx")


def an_toan_thong_tin():
    """Headings in capitals, months as date cells shown m/yyyy, a hidden row."""
    page = Page("BC ATTT", [6, 60, 14, 18, 12, 44])
    page.line("CỤC AN TOÀN THÔNG TIN - BÁO CÁO TIẾN ĐỘ", bold=True, size=13)
    page.line()
    page.cells(["TT", "NHIỆM VỤ", "HẠN HOÀN THÀNH", "TÌNH TRẠNG", "TIẾN ĐỘ (%)", "KẾT QUẢ THỰC HIỆN"], bold=True, fill="FFDDEBF7")
    june, april = datetime.date(2020, 6, 1), datetime.date(2020, 4, 1)
    march = datetime.date(2020, 3, 1)
    rows = [("IV.1-1", june, "Đang thực hiện", 45, "29/63 tỉnh đã có SoC"), ("IV.1-2", None, "Đã hoàn thành", 100, "Công văn 235/CATTT-ATHTTT"),
            ("IV.1-3", march, "Đã hoàn thành", 100, "Đã nghiệm thu ngày 27/3/2020"), ("IV.1-4", april, "Đang thực hiện", 90, "Đã đánh giá 8 doanh nghiệp"),
            ("IV.1-5", None, "Đang thực hiện", 35, "22 nhóm sản phẩm"), ("IV.1-6", None, "Đang thực hiện", 50, "Hỗ trợ 19 tỉnh")]
    for number, (task, due, status, percent, result) in enumerate(rows, 1):
        page.cells([number, TASK[task], due, status, percent, result], formats={2: "m/yyyy"})
    page.sheet.row_dimensions[page.row].hidden = True
    page.save("cuc-an-toan-thong-tin.xlsx")


def van_phong():
    """A short list: title in B1, no number column heading, status with timeliness."""
    page = Page("VP", [6, 62, 18, 30, 40])
    page.line("NHIỆM VỤ CỦA VĂN PHÒNG BỘ", bold=True, size=14, first=2)
    page.line()
    page.cells(["Số TT", "Nội dung chỉ đạo của Bộ trưởng", "Thời hạn (theo TB)", "Tình trạng", "Tình hình, kết quả thực hiện"], bold=True)
    rows = [("VII.2-1", None, "Đang thực hiện", "Đã nâng cấp phân hệ báo cáo"), ("VII.2-2", "tháng 3/2020", "Đã hoàn thành", "Kế hoạch 05/KH-BTTTT"),
            ("VII.2-3", "trong tuần 10/2020", "Đã hoàn thành", "Rà soát 1.284 văn bản"), ("VII.2-4", None, "Đã hoàn thành", "Quyết định 402/QĐ-BTTTT")]
    for number, (task, due, status, result) in enumerate(rows, 1):
        page.cells([number, TASK[task], due, status, result])
    page.save("van-phong-bo.xlsx")


def convert(page, stem, extension):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / f"{stem}.xlsx"
        page.book.save(source)
        subprocess.run(["soffice", "--headless", "--convert-to", extension, "--outdir", folder, str(source)],
                       check=True, capture_output=True)
        shutil.copy(pathlib.Path(folder) / f"{stem}.{extension}", HERE / f"{stem}.{extension}")


if __name__ == "__main__":
    for make in (thanh_hoa, hai_duong, quang_nam, bac_ninh, gia_lai, kien_giang, tin_hoc_hoa, an_toan_thong_tin, van_phong):
        make()
