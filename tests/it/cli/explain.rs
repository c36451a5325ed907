//! `read --explain`: a person can follow every guess back to the sheet.

use super::program::{demo_file, run};

#[test]
fn a_reading_is_told_row_by_row_with_its_reasons() {
    let file = demo_file("bac-ninh.xlsx");
    let told = run(["read", file.as_str(), "--unit", "27", "--explain"]).well().out;
    for part in [
        "Bảng mã của chữ: Unicode.",
        "BẢNG 1: trang “Chi tiet”",
        "Tiêu đề ở dòng 3: 6 trong 6 ô là tên cột có trong từ vựng.",
        "thời hạn",
        "4/4 ô là nhiệm vụ của thông báo",
        "nhiệm vụ VII.4-1, chắc chắn (đúng nguyên văn), đơn vị chủ trì",
        "75,5% (ghi “75,5%” ở D4)",
        "Trang “Bia”: trang bìa",
    ] {
        assert!(told.contains(part), "{part} is missing in:\n{told}");
    }
    for english in ["sure", "completed", "in_progress", "cover", "total", "signature", "info"] {
        assert!(!told.contains(english), "{english} in:\n{told}");
    }
}
