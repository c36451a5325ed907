//! What a column of a task table means.

/// The meaning of a column. A new one is a variant here; the compiler names the places that must learn it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Số thứ tự.
    Stt,
    /// Nội dung nhiệm vụ.
    Content,
    /// Số, ký hiệu văn bản.
    DocNo,
    /// Đơn vị chủ trì.
    LeadUnit,
    /// Đơn vị phối hợp.
    CoordinatingUnits,
    /// Thời hạn.
    Deadline,
    /// Tình trạng, also a column of x marks.
    Status,
    /// Tỷ lệ hoàn thành.
    Percent,
    /// Kết quả.
    Result,
    /// Khó khăn, vướng mắc.
    Difficulties,
    /// Đề xuất, kiến nghị.
    Proposals,
    /// Ghi chú.
    Note,
    /// Tỉnh, thành phố.
    Province,
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 13] = [
        Field::Stt,
        Field::Content,
        Field::DocNo,
        Field::LeadUnit,
        Field::CoordinatingUnits,
        Field::Deadline,
        Field::Status,
        Field::Percent,
        Field::Result,
        Field::Difficulties,
        Field::Proposals,
        Field::Note,
        Field::Province,
    ];

    /// The stable name, as in JSON answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Stt => "stt",
            Field::Content => "content",
            Field::DocNo => "doc_no",
            Field::LeadUnit => "lead_unit",
            Field::CoordinatingUnits => "coordinating_units",
            Field::Deadline => "deadline",
            Field::Status => "status",
            Field::Percent => "percent",
            Field::Result => "result",
            Field::Difficulties => "difficulties",
            Field::Proposals => "proposals",
            Field::Note => "note",
            Field::Province => "province",
        }
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            Field::Stt => "số thứ tự",
            Field::Content => "nội dung nhiệm vụ",
            Field::DocNo => "số, ký hiệu văn bản",
            Field::LeadUnit => "đơn vị chủ trì",
            Field::CoordinatingUnits => "đơn vị phối hợp",
            Field::Deadline => "thời hạn",
            Field::Status => "tình trạng",
            Field::Percent => "tỷ lệ hoàn thành",
            Field::Result => "kết quả",
            Field::Difficulties => "khó khăn, vướng mắc",
            Field::Proposals => "đề xuất, kiến nghị",
            Field::Note => "ghi chú",
            Field::Province => "tỉnh, thành phố",
        }
    }

    /// The field with this stable name.
    pub fn parse(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.as_str() == name)
    }
}
