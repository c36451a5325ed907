//! The sheet that goes out to a unit and comes back: its identity and its columns. Once for `export` (which writes it)
//! and `import` (which merges it, and finds the table again: `import::own_sheet`).

use uuid::Uuid;

use super::cell::Workbook;
use super::column::Field;

/// Name of the template, in the property [`Property::Template`].
pub const TEMPLATE: &str = "giaoban.round-trip";
/// The version written today. A change of the columns or of their meaning is a new version.
pub const VERSION: u32 = 1;
/// Name of the sheet that holds the table.
pub const SHEET: &str = "Báo cáo tiến độ";
/// Name of the sheet with the instructions.
pub const INSTRUCTIONS: &str = "Hướng dẫn";

/// The custom document properties that carry the identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// [`TEMPLATE`].
    Template,
    /// [`VERSION`].
    Version,
    /// Id of the export record.
    Export,
    /// Code of the unit.
    Unit,
    /// Number of the last event the sheet knows: the base of the three-way merge.
    Event,
    /// The day the figures stand for, ISO.
    AsOf,
}

impl Property {
    /// Every property.
    pub const ALL: [Property; 6] = [
        Property::Template,
        Property::Version,
        Property::Export,
        Property::Unit,
        Property::Event,
        Property::AsOf,
    ];

    /// The name in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Property::Template => "GiaoBan.Template",
            Property::Version => "GiaoBan.Version",
            Property::Export => "GiaoBan.Export",
            Property::Unit => "GiaoBan.Unit",
            Property::Event => "GiaoBan.Event",
            Property::AsOf => "GiaoBan.AsOf",
        }
    }
}

/// Who a sheet says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Version of the template it was made with; may be one that this program does not know.
    pub version: u32,
    /// Id of the export record.
    pub export_id: Uuid,
    /// Code of the unit it was made for.
    pub unit_code: String,
    /// Number of the last event it knows.
    pub event_no: i64,
}

impl Identity {
    /// The identity as document properties; `as_of` is for people and is not read back.
    pub fn properties(&self, as_of: chrono::NaiveDate) -> Vec<(String, String)> {
        let value = |property| match property {
            Property::Template => TEMPLATE.to_owned(),
            Property::Version => self.version.to_string(),
            Property::Export => self.export_id.to_string(),
            Property::Unit => self.unit_code.clone(),
            Property::Event => self.event_no.to_string(),
            Property::AsOf => as_of.to_string(),
        };
        Property::ALL.into_iter().map(|property| (property.as_str().to_owned(), value(property))).collect()
    }

    /// Whether a workbook says that it is one of our sheets.
    pub fn is_claimed(workbook: &Workbook) -> bool {
        property(workbook, Property::Template) == Some(TEMPLATE)
    }

    /// The identity of a workbook that came in; none when it is not one of our sheets or its marks are damaged.
    pub fn of(workbook: &Workbook) -> Option<Identity> {
        if !Identity::is_claimed(workbook) {
            return None;
        }
        let get = |name| property(workbook, name);
        Some(Identity {
            version: get(Property::Version)?.parse().ok()?,
            export_id: get(Property::Export)?.parse().ok()?,
            unit_code: get(Property::Unit)?.to_owned(),
            event_no: get(Property::Event)?.parse().ok()?,
        })
    }
}

fn property(workbook: &Workbook, property: Property) -> Option<&str> {
    let found = workbook.properties.iter().find(|(name, _)| name == property.as_str());
    found.map(|(_, value)| value.trim())
}

/// A column of the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Id of the assignment; hidden.
    Key,
    /// Running number.
    Number,
    /// Code of the task in its notice.
    Code,
    /// The task.
    Content,
    /// Lead or coordinating.
    Role,
    /// Deadline.
    Deadline,
    /// Progress; filled in by the unit.
    Status,
    /// Percent, 0 to 100; filled in by the unit.
    Percent,
    /// Day of completion; filled in by the unit.
    CompletedOn,
    /// Result; filled in by the unit.
    Result,
    /// Difficulties; filled in by the unit.
    Difficulties,
    /// Proposals; filled in by the unit.
    Proposals,
    /// Note; filled in by the unit.
    Note,
}

impl Column {
    /// Every column, in the order in which it is written.
    pub const ALL: [Column; 13] = [
        Column::Key,
        Column::Number,
        Column::Code,
        Column::Content,
        Column::Role,
        Column::Deadline,
        Column::Status,
        Column::Percent,
        Column::CompletedOn,
        Column::Result,
        Column::Difficulties,
        Column::Proposals,
        Column::Note,
    ];

    /// The heading: words that the reader of foreign sheets knows too, for files that have lost their identity.
    pub fn heading(self) -> &'static str {
        match self {
            Column::Key => "Khoá của hệ thống",
            Column::Number => "TT",
            Column::Code => "Mã nhiệm vụ",
            Column::Content => "Nội dung nhiệm vụ",
            Column::Role => "Vai trò",
            Column::Deadline => "Thời hạn hoàn thành",
            Column::Status => "Tình trạng",
            Column::Percent => "Tỷ lệ hoàn thành (%)",
            Column::CompletedOn => "Ngày hoàn thành",
            Column::Result => "Kết quả thực hiện",
            Column::Difficulties => "Khó khăn, vướng mắc",
            Column::Proposals => "Đề xuất, kiến nghị",
            Column::Note => "Ghi chú",
        }
    }

    /// The meaning for the reader of foreign sheets; none where it has no word for it.
    pub fn field(self) -> Option<Field> {
        match self {
            Column::Key | Column::Code | Column::Role | Column::CompletedOn => None,
            Column::Number => Some(Field::Stt),
            Column::Content => Some(Field::Content),
            Column::Deadline => Some(Field::Deadline),
            Column::Status => Some(Field::Status),
            Column::Percent => Some(Field::Percent),
            Column::Result => Some(Field::Result),
            Column::Difficulties => Some(Field::Difficulties),
            Column::Proposals => Some(Field::Proposals),
            Column::Note => Some(Field::Note),
        }
    }

    /// Whether the unit fills it in; the rest is for reading and is not taken back.
    pub fn is_input(self) -> bool {
        match self {
            Column::Status
            | Column::Percent
            | Column::CompletedOn
            | Column::Result
            | Column::Difficulties
            | Column::Proposals
            | Column::Note => true,
            Column::Key
            | Column::Number
            | Column::Code
            | Column::Content
            | Column::Role
            | Column::Deadline => false,
        }
    }

    /// The number of the column as written.
    pub fn index(self) -> u16 {
        let position = Column::ALL.iter().position(|column| *column == self);
        position.and_then(|position| u16::try_from(position).ok()).unwrap_or(0)
    }
}
