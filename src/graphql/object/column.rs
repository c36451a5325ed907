//! Columns of tables: what they mean and how their values are meant, as an import has them and as they are remembered.

use async_graphql::{Enum, SimpleObject};

use super::enums::{DayOrder, PercentScale};
use crate::domain;
use crate::domain::status::Timeliness;
use crate::import::columns_json::KeptColumn;
use crate::import::hints::Remembered;
use crate::sheet;
use crate::sheet::cell::column_letters;
use crate::sheet::column::Field;

/// What a column of a task table means (nghĩa của cột).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum ColumnMeaning {
    /// Number of the row (số thứ tự).
    Stt,
    /// Wording of the task (nội dung nhiệm vụ).
    Content,
    /// Number of a document (số, ký hiệu văn bản).
    DocNo,
    /// Lead unit (đơn vị chủ trì).
    LeadUnit,
    /// Coordinating units (đơn vị phối hợp).
    CoordinatingUnits,
    /// Deadline (thời hạn).
    Deadline,
    /// Status in words (tình trạng).
    Status,
    /// Percent done (tỷ lệ hoàn thành).
    Percent,
    /// Result (kết quả).
    Result,
    /// Difficulties (khó khăn, vướng mắc).
    Difficulties,
    /// Proposals (đề xuất, kiến nghị).
    Proposals,
    /// Note (ghi chú).
    Note,
    /// Province (tỉnh, thành phố).
    Province,
    /// The day on which the unit completed (ngày hoàn thành).
    CompletedOn,
    /// A code of the notice or of the sender (mã nhiệm vụ).
    Code,
    /// An x stands for a status; see `markMeans` (cột đánh dấu).
    Mark,
    /// Of no use (không dùng).
    Nothing,
}

/// A status as a unit writes it (tình trạng đơn vị ghi).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::status::ReportedStatus")]
pub(crate) enum ReportedStatus {
    /// Done (đã hoàn thành).
    Completed,
    /// In progress (đang thực hiện).
    InProgress,
    /// Not started (chưa thực hiện).
    NotStarted,
    /// All the time (thường xuyên).
    Ongoing,
    /// Suspended (tạm dừng).
    Suspended,
    /// Cancelled or withdrawn (huỷ, rút).
    Cancelled,
    /// Not within the unit's competence (không thuộc thẩm quyền).
    NotApplicable,
}

impl From<sheet::meaning::ColumnMeaning> for ColumnMeaning {
    fn from(meaning: sheet::meaning::ColumnMeaning) -> ColumnMeaning {
        use sheet::meaning::ColumnMeaning as Known;
        match meaning {
            Known::Field(Field::Stt) => ColumnMeaning::Stt,
            Known::Field(Field::Content) => ColumnMeaning::Content,
            Known::Field(Field::DocNo) => ColumnMeaning::DocNo,
            Known::Field(Field::LeadUnit) => ColumnMeaning::LeadUnit,
            Known::Field(Field::CoordinatingUnits) => ColumnMeaning::CoordinatingUnits,
            Known::Field(Field::Deadline) => ColumnMeaning::Deadline,
            Known::Field(Field::Status) => ColumnMeaning::Status,
            Known::Field(Field::Percent) => ColumnMeaning::Percent,
            Known::Field(Field::Result) => ColumnMeaning::Result,
            Known::Field(Field::Difficulties) => ColumnMeaning::Difficulties,
            Known::Field(Field::Proposals) => ColumnMeaning::Proposals,
            Known::Field(Field::Note) => ColumnMeaning::Note,
            Known::Field(Field::Province) => ColumnMeaning::Province,
            Known::CompletedOn => ColumnMeaning::CompletedOn,
            Known::Code => ColumnMeaning::Code,
            Known::Mark(..) => ColumnMeaning::Mark,
            Known::Nothing => ColumnMeaning::Nothing,
        }
    }
}

impl ColumnMeaning {
    /// The meaning that an input names; a mark needs the status that it stands for.
    pub(crate) fn with(self, mark: Option<ReportedStatus>) -> Option<sheet::meaning::ColumnMeaning> {
        use sheet::meaning::ColumnMeaning as Known;
        let field = match self {
            ColumnMeaning::Mark => return mark.map(|status| Known::Mark(status.into(), None)),
            ColumnMeaning::CompletedOn => return Some(Known::CompletedOn),
            ColumnMeaning::Code => return Some(Known::Code),
            ColumnMeaning::Nothing => return Some(Known::Nothing),
            ColumnMeaning::Stt => Field::Stt,
            ColumnMeaning::Content => Field::Content,
            ColumnMeaning::DocNo => Field::DocNo,
            ColumnMeaning::LeadUnit => Field::LeadUnit,
            ColumnMeaning::CoordinatingUnits => Field::CoordinatingUnits,
            ColumnMeaning::Deadline => Field::Deadline,
            ColumnMeaning::Status => Field::Status,
            ColumnMeaning::Percent => Field::Percent,
            ColumnMeaning::Result => Field::Result,
            ColumnMeaning::Difficulties => Field::Difficulties,
            ColumnMeaning::Proposals => Field::Proposals,
            ColumnMeaning::Note => Field::Note,
            ColumnMeaning::Province => Field::Province,
        };
        Some(Known::Field(field))
    }
}

/// What is said of a column, in both objects below.
fn said(
    facts: sheet::meaning::ColumnFacts,
) -> (Option<ColumnMeaning>, Option<ReportedStatus>, Option<&'static str>) {
    let (mark, time) = match facts.meaning {
        Some(sheet::meaning::ColumnMeaning::Mark(status, time)) => (Some(status.into()), time),
        Some(
            sheet::meaning::ColumnMeaning::Field(_)
            | sheet::meaning::ColumnMeaning::CompletedOn
            | sheet::meaning::ColumnMeaning::Code
            | sheet::meaning::ColumnMeaning::Nothing,
        )
        | None => (None, None),
    };
    (facts.meaning.map(Into::into), mark, time.map(Timeliness::as_str))
}

/// A column of a table as it was understood (cột của bảng).
#[derive(SimpleObject)]
pub(crate) struct TableColumn {
    /// Its letters: F (tên cột).
    column: String,
    /// The heading as read, levels joined with " / " (tiêu đề).
    heading: String,
    /// What it means (nghĩa của cột).
    meaning: Option<ColumnMeaning>,
    /// For a column of marks: the status that an x stands for (dấu x nghĩa là).
    mark_means: Option<ReportedStatus>,
    /// For a column of marks: in_time or late, where the heading says so (trong hạn, quá hạn).
    mark_timeliness: Option<&'static str>,
    /// How its bare percents are meant, where that is known (cách ghi tỷ lệ).
    percent_scale: Option<PercentScale>,
    /// How its dates are meant, where somebody has said so (thứ tự ngày và tháng).
    day_order: Option<DayOrder>,
    /// Why, in Vietnamese (căn cứ).
    evidence: String,
}

impl From<KeptColumn> for TableColumn {
    fn from(kept: KeptColumn) -> TableColumn {
        let (meaning, mark_means, mark_timeliness) = said(kept.facts);
        TableColumn {
            column: column_letters(kept.column),
            heading: kept.header,
            meaning,
            mark_means,
            mark_timeliness,
            percent_scale: kept.facts.scale.map(Into::into),
            day_order: kept.facts.days.map(Into::into),
            evidence: kept.evidence,
        }
    }
}

/// A column of a remembered layout (cột của mẫu bảng).
#[derive(SimpleObject)]
pub(crate) struct LayoutColumn {
    /// Its place among the columns that have a heading, from 1; corrections name it (thứ tự).
    position: u32,
    /// The heading as last read (tiêu đề).
    heading: String,
    /// What it means (nghĩa của cột).
    meaning: Option<ColumnMeaning>,
    /// For a column of marks: the status that an x stands for (dấu x nghĩa là).
    mark_means: Option<ReportedStatus>,
    /// For a column of marks: in_time or late, where the heading says so (trong hạn, quá hạn).
    mark_timeliness: Option<&'static str>,
    /// How its bare percents are meant, where that is known (cách ghi tỷ lệ).
    percent_scale: Option<PercentScale>,
    /// How its dates are meant, where somebody has said so (thứ tự ngày và tháng).
    day_order: Option<DayOrder>,
    /// Whether a person has said what it means, and not only the reader (do người dùng chỉ định).
    by_person: bool,
}

impl LayoutColumn {
    /// A column at its place, counted from 0.
    pub(crate) fn at(place: usize, column: Remembered) -> LayoutColumn {
        let (meaning, mark_means, mark_timeliness) = said(column.facts);
        LayoutColumn {
            position: u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1),
            heading: column.heading,
            meaning,
            mark_means,
            mark_timeliness,
            percent_scale: column.facts.scale.map(Into::into),
            day_order: column.facts.days.map(Into::into),
            by_person: column.by_person,
        }
    }
}
