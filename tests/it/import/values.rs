//! Cells of a sheet and what is read from them: 142 cases, each in a column whose other cells are usual. `cases` counts
//! them. The tables of the rules themselves stand beside the rules (`domain/deadline`, `domain/percent`, ...).

use super::table::{read, sheet, workbook};

const HEAD: &str = "STT | Nội dung nhiệm vụ | Thời hạn | Tình trạng | Tỷ lệ (%) | Kết quả";
const LEARNING: &str = "Nghiên cứu, đề xuất các giải pháp đào tạo trực tuyến, làm việc từ xa để triển khai thí điểm \
     tại địa phương.";
const OTHERS: &str = "2 | Đẩy mạnh việc ứng dụng công nghệ số trong công tác truyền thông, phản ánh đúng tình trạng dịch bệnh. | 31/12/2020 | Đang thực hiện | #60 | Đã họp
3 | Xây dựng kế hoạch phát triển hạ tầng số theo hướng thúc đẩy chia sẻ cơ sở hạ tầng giữa các doanh nghiệp. | tháng 9/2020 | Chưa thực hiện | #0 | Đã họp";

/// Deadline cells: as written, precision, due day, findings.
const DEADLINES: &str = "
30/4/2020 | day 2020-04-30 |
30/04/2020 | day 2020-04-30 |
30-4-2020 | day 2020-04-30 |
30.4.2020 | day 2020-04-30 |
30.04.2020 | day 2020-04-30 |
30 / 4 / 2020 | day 2020-04-30 |
30/4/20 | day 2020-04-30 |
2020-04-30 | day 2020-04-30 |
ngày 30/4/2020 | day 2020-04-30 |
ngày 30 tháng 4 năm 2020 | day 2020-04-30 |
đến 30/4/2020 | day 2020-04-30 |
đến hết ngày 30/4/2020 | day 2020-04-30 |
từ nay đến 30/6/2020 | day 2020-06-30 |
chậm nhất 20/5/2020 | day 2020-05-20 |
Chậm nhất ngày 20/5/2020 | day 2020-05-20 |
trước 01/5/2020 | day 2020-04-30 |
trước ngày 01/5/2020 | day 2020-04-30 |
Hoàn thành trước 30/6/2020 | day 2020-06-29 |
Trước 17h00 ngày 15/4/2020 | day 2020-04-15 |
20/3/2020 (đã gia hạn) | day 2020-03-20 |
01/4/2020-30/6/2020 | day 2020-06-30 |
15/05 | day 2020-05-15 | deadline_year_assumed
#43951 | day 2020-04-30 | deadline_serial_number
@2020-04-30 | day 2020-04-30 |
@d/m/yyyy 2020-04-30 | day 2020-04-30 |
@m/yyyy 2020-04-01 | month 2020-04-30 |
@mm/yyyy 2020-04-01 | month 2020-04-30 |
2020-06-29T17:00:00Z | day 2020-06-30 | deadline_time_zone
2020-06-29T17:00:00.000Z | day 2020-06-30 | deadline_time_zone
tháng 4/2020 | month 2020-04-30 |
Tháng 4 /2020 | month 2020-04-30 |
Tháng 4/ 2020 | month 2020-04-30 |
Tháng\\n 04/ 2020 | month 2020-04-30 |
tháng 4 năm 2020 | month 2020-04-30 |
Trong tháng 4/2020 | month 2020-04-30 |
T4/2020 | month 2020-04-30 |
T5-2020 | month 2020-05-31 |
4/2020 | month 2020-04-30 |
đến hết tháng 4/2020 | month 2020-04-30 |
trước tháng 6/2020 | month 2020-05-31 |
Tháng 5,6/2020 | month 2020-06-30 |
Từ tháng 3/2020 đến tháng 12/2020 | month 2020-12-31 |
Quý I đến tháng 9/2020 | month 2020-09-30 |
Tháng 6 | month 2020-06-30 | deadline_year_assumed
cuối tháng 4/2020 | month 2020-04-30 |
Quý II/2020 | quarter 2020-06-30 |
quý 2/2020 | quarter 2020-06-30 |
Quý 2-2020 | quarter 2020-06-30 |
QII/2020 | quarter 2020-06-30 |
Q3/2020 | quarter 2020-09-30 |
Trong quý II/2020 | quarter 2020-06-30 |
hết quý 3/2020 | quarter 2020-09-30 |
Quý IV năm 2020 | quarter 2020-12-31 |
Quý III, IV/2020 | quarter 2020-12-31 |
Trước quý III/2020 | quarter 2020-06-30 |
Quý III | quarter 2020-09-30 | deadline_year_assumed
6 tháng đầu năm 2020 | half-year 2020-06-30 |
6 tháng cuối năm 2020 | half-year 2020-12-31 |
trong tuần 11/2020 | week 2020-03-15 |
tuần 26/2020 | week 2020-06-28 |
2020 | year 2020-12-31 |
năm 2020 | year 2020-12-31 |
trong năm 2020 | year 2020-12-31 |
hết năm 2020 | year 2020-12-31 |
Giai đoạn 2020-2025 | year 2025-12-31 |
Thường xuyên | ongoing |
THƯỜNG XUYÊN | ongoing |
TX | ongoing |
Hằng tuần | ongoing |
hàng năm | ongoing |
Liên tục | ongoing |
Thường xuyên, định kỳ báo cáo theo Quý | ongoing |
Không | none |
không thời hạn | none |
- | none |
01/01/1970 | none | deadline_placeholder
31/6/2020 | unreadable | deadline_unreadable
20/01/201 | unreadable | deadline_unreadable
Sớm | unreadable | deadline_unreadable
càng sớm càng tốt | unreadable | deadline_unreadable
10 ngày làm việc sau khi Nghị quyết được ban hành | unreadable | deadline_unreadable
!#REF! | unreadable | formula_error
";

/// Percent cells: as written, value, findings. The status of the row is 'Đang thực hiện'.
const PERCENTS: &str = "
#50 | 50 |
#50.5 | 50.5 |
#0 | 0 |
50 | 50 |
50% | 50 |
50 % | 50 |
50,5% | 50.5 |
50.5 | 50.5 |
66,67% | 66.67 |
%0.655 | 65.5 |
%0.5 | 50 |
=60 | 60 |
50/100 | 50 |
đạt 50% | 50 |
Đạt: 80% | 80 |
ước đạt 30% | 30 |
khoảng 70% | 70 |
~60% | 60 |
hoàn thành 60% | 60 |
46 (82%) | 82 |
3/10 (30%) | 30 |
60 phần trăm | 60 |
#0.5 | 0.5 | percent_suspicious
0,5 | 0.5 | percent_suspicious
60-70% | - | percent_unreadable
1/2 | - | percent_unreadable
<50% | - | percent_unreadable
1.000% | - | percent_unreadable
chưa có số liệu | - | percent_unreadable
#120 | - | percent_over_100
101% | - | percent_over_100
-5% | - | percent_negative
!#DIV/0! | - | formula_error
= | - | formula_without_value
";

/// Status cells: as written, value, timeliness.
const STATUSES: &str = "
Đã hoàn thành | completed
HOÀN THÀNH | completed
Đã HT | completed
Đã xong | completed
Đã thực hiện xong | completed
Đã ban hành KH số 12/KH-UBND | completed
Đã hoàn thành: Công văn số 12/STTTT | completed
Done | completed
Hoàn thành trước hạn | completed in_time
Đã hoàn thành (chậm 5 ngày) | completed late
Đang thực hiện | in_progress
Đang TH | in_progress
Đang triển khai | in_progress
Đang xin ý kiến các sở, ngành | in_progress
Cơ bản hoàn thành | in_progress
Hoàn thành 80% | in_progress
Chưa hoàn thành (quá hạn) | in_progress late
Đang thực hiện - đúng tiến độ | in_progress in_time
Quá hạn | in_progress late
Chưa thực hiện | not_started
CTH | not_started
Chưa có kế hoạch | not_started
Thường xuyên thực hiện | ongoing
Tạm hoãn do dịch | suspended
Đã hủy | cancelled
Không thuộc thẩm quyền của Sở | not_applicable
";

fn cases(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| line.split_once(" | "))
}

/// What is read of the first row, as the tables above write it.
fn of_first_row(deadline: &str, status: &str, percent: &str) -> [String; 3] {
    let text = format!("{HEAD}\n1 | {LEARNING} | {deadline} | {status} | {percent} | Đã họp\n{OTHERS}");
    let reading = read("86", &workbook(vec![sheet("Trang 1", &text)])).unwrap();
    let row = &reading.tables[0].rows[0];
    let codes = |about: &[&str]| {
        let raised = row.findings.iter().map(|finding| finding.code.as_str());
        let of: Vec<&str> = raised.filter(|code| about.iter().any(|about| code.starts_with(about))).collect();
        of.join(" ")
    };
    let due = row.deadline.0.due.map_or_else(String::new, |due| format!(" {due}"));
    let value = row.percent.value.map_or_else(|| "-".to_owned(), |percent| percent.value().to_string());
    let time = row.status.timeliness.map_or("", |time| match time {
        giaoban::import::reading::Timeliness::InTime => " in_time",
        giaoban::import::reading::Timeliness::Late => " late",
    });
    [
        format!("{}{due} | {}", row.deadline.0.precision.as_str(), codes(&["deadline", "formula"])),
        format!("{}{time}", row.status.value.map_or("-", |status| status.as_str())),
        format!("{value} | {}", codes(&["percent", "formula"])),
    ]
}

#[test]
fn cells_are_read_for_what_they_are() {
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut compare = |cell: &str, got: &str, want: &str| {
        count += 1;
        let tidy = |text: &str| text.trim_end_matches([' ', '|']).to_owned();
        if tidy(got) != tidy(want) {
            wrong.push(format!("{cell}: read {got}, expected {want}"));
        }
    };
    for (cell, want) in cases(DEADLINES) {
        compare(cell, &of_first_row(cell, "Đang thực hiện", "#60")[0], want);
    }
    for (cell, want) in cases(STATUSES) {
        compare(cell, &of_first_row("31/12/2020", cell, "#60")[1], want);
    }
    for (cell, want) in cases(PERCENTS) {
        compare(cell, &of_first_row("31/12/2020", "Đang thực hiện", cell)[2], want);
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 120, "{count} cases");
}
