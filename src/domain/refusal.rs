//! Refusals: why a whole file cannot be read. One code and one Vietnamese sentence each, the same at every door.

macro_rules! refusals {
    ($($variant:ident $code:literal $sentence:literal $remedy:literal;)+) => {
        /// Why a file is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Refusal {
            $(#[doc = $sentence] $variant,)+
        }

        impl Refusal {
            /// Every refusal.
            pub const ALL: &[Refusal] = &[$(Refusal::$variant,)+];

            /// The stable code.
            pub fn as_str(self) -> &'static str {
                match self { $(Refusal::$variant => $code,)+ }
            }

            /// What is wrong, in Vietnamese.
            pub fn sentence(self) -> &'static str {
                match self { $(Refusal::$variant => $sentence,)+ }
            }

            /// What to do, in Vietnamese.
            pub fn remedy(self) -> &'static str {
                match self { $(Refusal::$variant => $remedy,)+ }
            }

            /// The refusal with this code (the reading child speaks in codes).
            pub fn parse(code: &str) -> Option<Refusal> {
                Refusal::ALL.iter().copied().find(|refusal| refusal.as_str() == code)
            }
        }
    };
}

refusals! {
    FileEmpty "file_empty" "Tệp rỗng, không có nội dung." "Chọn đúng tệp rồi gửi lại.";
    NotAWorkbook "not_a_workbook" "Tệp không phải là bảng tính Excel, OpenDocument hoặc CSV."
        "Lưu lại bằng Excel dạng .xlsx rồi gửi lại.";
    HtmlNamedExcel "html_named_excel" "Tệp là trang HTML được đặt tên như tệp Excel."
        "Mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.";
    OldFormat "old_format" "Tệp thuộc loại quá cũ (Lotus 1-2-3, Quattro Pro, hoặc biểu đồ, macro của Excel đời cũ) nên không đọc được."
        "Mở bằng Excel hoặc LibreOffice rồi lưu thành .xlsx và gửi lại.";
    PasswordProtected "password_protected" "Tệp được đặt mật khẩu nên không đọc được."
        "Bỏ mật khẩu mở tệp (Tệp > Thông tin > Bảo vệ sổ làm việc) rồi gửi lại.";
    FileTruncated "file_truncated" "Tệp bị cắt cụt, thiếu phần cuối." "Tải lại hoặc gửi lại tệp gốc.";
    FileDamaged "file_damaged" "Tệp bị hỏng, không đọc được nội dung." "Mở bằng Excel, lưu lại rồi gửi lại.";
    FileSuspicious "file_suspicious" "Tệp có cấu trúc bất thường, có thể gây hại, nên không được đọc."
        "Mở bằng Excel, sao chép bảng sang tệp mới rồi gửi lại.";
    FileTooLarge "file_too_large" "Tệp lớn quá giới hạn cho phép." "Chỉ gửi bảng tiến độ, bỏ hình ảnh và trang không cần.";
    SheetTooLarge "sheet_too_large" "Bảng tính có ô nằm quá xa hoặc quá nhiều dòng, cột so với giới hạn."
        "Xoá các dòng, cột thừa ở cuối bảng rồi lưu lại.";
    ReaderTimeout "reader_timeout" "Đọc tệp quá lâu nên đã dừng." "Bỏ các trang, định dạng thừa rồi gửi lại.";
    ReaderOutOfMemory "reader_out_of_memory" "Tệp cần quá nhiều bộ nhớ để đọc nên đã dừng."
        "Bỏ các trang, định dạng thừa rồi gửi lại.";
    ReaderBusy "reader_busy" "Hệ thống đang bận đọc các tệp khác." "Gửi lại sau ít phút.";
    NoTaskTable "no_task_table" "Không tìm thấy bảng nhiệm vụ trong tệp."
        "Kiểm tra tệp có bảng với cột nội dung nhiệm vụ và kết quả hoặc tình trạng.";
    TasksInColumns "tasks_in_columns" "Bảng đặt mỗi nhiệm vụ ở một cột, tiêu đề nằm dọc bên trái, nên không đọc được."
        "Xoay bảng để mỗi nhiệm vụ là một dòng (trong Excel: sao chép, Dán đặc biệt, chọn Hoán vị/Transpose) rồi gửi lại.";
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.sentence(), self.remedy())
    }
}

impl std::error::Error for Refusal {}
