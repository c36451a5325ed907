//! The error of the edges: a closed list of codes, each with a Vietnamese message; the same code in GraphQL, REST and
//! CLI. The source goes to the log only.

use crate::domain::access::Denied;
use crate::domain::import::Stopped;
use crate::domain::refusal::Refusal;

/// Every code that a door can answer with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// No or no valid token.
    Unauthenticated,
    /// The role lacks the permission.
    Forbidden,
    /// Absent, or outside the caller's scope (the same answer).
    NotFound,
    /// An argument is wrong.
    InvalidInput,
    /// The file is refused; the refusal's own code is shown.
    Refused(Refusal),
    /// The plan quoted is not the plan of now.
    PlanStale,
    /// The import is not in a state that allows this.
    ImportState,
    /// Somebody stopped what was under way.
    Cancelled,
    /// The database is busy or away; try again.
    Unavailable,
    /// A query is too large, deep or costly.
    TooComplex,
    /// Our fault.
    Internal,
}

impl Code {
    /// The stable code.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Unauthenticated => "UNAUTHENTICATED",
            Code::Forbidden => "FORBIDDEN",
            Code::NotFound => "NOT_FOUND",
            Code::InvalidInput => "INVALID_INPUT",
            Code::Refused(refusal) => refusal.as_str(),
            Code::PlanStale => "PLAN_STALE",
            Code::ImportState => "IMPORT_STATE",
            Code::Cancelled => "CANCELLED",
            Code::Unavailable => "UNAVAILABLE",
            Code::TooComplex => "TOO_COMPLEX",
            Code::Internal => "INTERNAL",
        }
    }

    /// The general Vietnamese sentence; an error may carry a closer one.
    pub fn message(self) -> String {
        match self {
            Code::Unauthenticated => {
                "Chưa đăng nhập hoặc mã truy cập không hợp lệ. Gửi kèm mã truy cập còn hiệu lực.".into()
            }
            Code::Forbidden => {
                "Không có quyền thực hiện việc này. Liên hệ Văn phòng Bộ nếu cần được cấp quyền.".into()
            }
            Code::NotFound => "Không tìm thấy. Kiểm tra lại mã hoặc đường dẫn.".into(),
            Code::InvalidInput => "Dữ liệu gửi lên không hợp lệ.".into(),
            Code::Refused(refusal) => refusal.to_string(),
            Code::PlanStale => {
                "Dữ liệu đã thay đổi từ khi lập bản dự kiến. Xem lại bản dự kiến mới rồi xác nhận.".into()
            }
            Code::ImportState => "Lần nạp không ở trạng thái cho phép việc này.".into(),
            Code::Cancelled => "Việc ghi đã được dừng theo yêu cầu; chưa ghi gì.".into(),
            Code::Unavailable => "Hệ thống đang bận. Thử lại sau ít phút.".into(),
            Code::TooComplex => "Truy vấn quá lớn. Hỏi ít trường hoặc ít dòng hơn.".into(),
            Code::Internal => {
                "Có lỗi của hệ thống. Thử lại; nếu vẫn lỗi, báo quản trị kèm mã yêu cầu.".into()
            }
        }
    }
}

/// An error that a user meets.
#[derive(Debug, thiserror::Error)]
#[error("{}: {message}", .code.as_str())]
pub struct Error {
    /// The stable code.
    pub code: Code,
    /// The Vietnamese sentence.
    pub message: String,
    /// The argument or place to blame.
    pub field: Option<String>,
    /// For the log only.
    #[source]
    pub source: Option<anyhow::Error>,
}

/// What edges return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error with the general sentence of its code.
    pub fn new(code: Code) -> Error {
        Error { code, message: code.message(), field: None, source: None }
    }

    /// An error with a closer sentence.
    pub fn with(code: Code, message: impl Into<String>) -> Error {
        Error { code, message: message.into(), field: None, source: None }
    }

    /// A text has control characters other than tabs and line breaks.
    pub fn control_characters() -> Error {
        let sentence = "Nội dung gửi lên có ký tự điều khiển (như NUL). Bỏ ký tự đó rồi gửi lại.";
        Error::with(Code::InvalidInput, sentence)
    }

    /// Names the argument to blame.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Error {
        self.field = Some(field.into());
        self
    }

    /// Our fault, with the cause for the log.
    pub fn internal(source: impl Into<anyhow::Error>) -> Error {
        Error { source: Some(source.into()), ..Error::new(Code::Internal) }
    }
}

impl From<Stopped> for Error {
    fn from(_: Stopped) -> Error {
        Error::new(Code::Cancelled)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::new(Code::Refused(refusal))
    }
}

impl From<Denied> for Error {
    fn from(_: Denied) -> Error {
        Error::new(Code::Forbidden)
    }
}
