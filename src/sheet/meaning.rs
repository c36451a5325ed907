//! What can be said of a column of a table: what it means, and how its percents and days are written. A person says it
//! of one file; memory says it of every file in the same layout.

use crate::domain::status::{ReportedStatus, Timeliness};
use crate::sheet::column::Field;

/// What a column means, the meanings that are no [`Field`] included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnMeaning {
    /// A field of the table.
    Field(Field),
    /// A column of x marks: the status that a mark stands for.
    Mark(ReportedStatus, Option<Timeliness>),
    /// The day on which the unit completed.
    CompletedOn,
    /// A code of the notice or of the sender.
    Code,
    /// Nothing of use here.
    Nothing,
}

impl ColumnMeaning {
    /// Every meaning that can be named, in the order in which help lists them. Of marks those without a word on time.
    pub fn all() -> impl Iterator<Item = ColumnMeaning> {
        let marks = ReportedStatus::ALL.into_iter().map(|status| ColumnMeaning::Mark(status, None));
        let others = [ColumnMeaning::CompletedOn, ColumnMeaning::Code, ColumnMeaning::Nothing];
        Field::ALL.into_iter().map(ColumnMeaning::Field).chain(others).chain(marks)
    }

    /// Whether one column of a table at most can have it.
    pub fn is_single(self) -> bool {
        match self {
            ColumnMeaning::Field(_) | ColumnMeaning::CompletedOn | ColumnMeaning::Code => true,
            ColumnMeaning::Mark(..) | ColumnMeaning::Nothing => false,
        }
    }

    /// The stable name: that of the field, `completed_on`, `code`, `nothing`, `mark:completed`, `mark:completed:late`.
    pub fn name(self) -> String {
        match self {
            ColumnMeaning::Field(field) => field.as_str().to_owned(),
            ColumnMeaning::Mark(status, None) => format!("mark:{}", status.as_str()),
            ColumnMeaning::Mark(status, Some(timeliness)) => {
                format!("mark:{}:{}", status.as_str(), timeliness.as_str())
            }
            ColumnMeaning::CompletedOn => "completed_on".to_owned(),
            ColumnMeaning::Code => "code".to_owned(),
            ColumnMeaning::Nothing => "nothing".to_owned(),
        }
    }

    /// The meaning with this stable name.
    pub fn parse(name: &str) -> Option<ColumnMeaning> {
        match name.split(':').collect::<Vec<_>>().as_slice() {
            ["mark", status] => Some(ColumnMeaning::Mark(ReportedStatus::parse(status)?, None)),
            ["mark", status, time] => {
                let timeliness = [Timeliness::InTime, Timeliness::Late]
                    .into_iter()
                    .find(|known| known.as_str() == *time)?;
                Some(ColumnMeaning::Mark(ReportedStatus::parse(status)?, Some(timeliness)))
            }
            ["completed_on"] => Some(ColumnMeaning::CompletedOn),
            ["code"] => Some(ColumnMeaning::Code),
            ["nothing"] => Some(ColumnMeaning::Nothing),
            [name] => Field::parse(name).map(ColumnMeaning::Field),
            _ => None,
        }
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            ColumnMeaning::Field(field) => field.label(),
            ColumnMeaning::Mark(status, _) => match status {
                ReportedStatus::Completed => "dấu “đã hoàn thành”",
                ReportedStatus::InProgress => "dấu “đang thực hiện”",
                ReportedStatus::NotStarted => "dấu “chưa thực hiện”",
                ReportedStatus::Ongoing => "dấu “thường xuyên”",
                ReportedStatus::Suspended => "dấu “tạm dừng”",
                ReportedStatus::Cancelled => "dấu “huỷ, rút”",
                ReportedStatus::NotApplicable => "dấu “không thuộc thẩm quyền”",
            },
            ColumnMeaning::CompletedOn => "ngày hoàn thành",
            ColumnMeaning::Code => "mã nhiệm vụ",
            ColumnMeaning::Nothing => "không dùng",
        }
    }
}

/// How the bare numbers of a column of percents are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentScale {
    /// 50 is 50 %, and 0.5 is half a percent.
    Whole,
    /// 0.5 is 50 %, and 1 is all.
    Fractions,
}

impl PercentScale {
    /// Every scale.
    pub const ALL: [PercentScale; 2] = [PercentScale::Whole, PercentScale::Fractions];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            PercentScale::Whole => "whole",
            PercentScale::Fractions => "fractions",
        }
    }

    /// The scale with this stable name.
    pub fn parse(name: &str) -> Option<PercentScale> {
        PercentScale::ALL.into_iter().find(|scale| scale.as_str() == name)
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            PercentScale::Whole => "số từ 0 đến 100 (50 là 50%)",
            PercentScale::Fractions => "phần của 1 (0,5 là 50%)",
        }
    }
}

/// How the true dates of a column are meant, where a US setting may have changed day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// Each date is the one that is stored.
    AsStored,
    /// Day and month changed places: what is stored as 5 June was meant as 6 May.
    Swapped,
}

impl DayOrder {
    /// Both orders.
    pub const ALL: [DayOrder; 2] = [DayOrder::AsStored, DayOrder::Swapped];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            DayOrder::AsStored => "as_stored",
            DayOrder::Swapped => "swapped",
        }
    }

    /// The order with this stable name.
    pub fn parse(name: &str) -> Option<DayOrder> {
        DayOrder::ALL.into_iter().find(|order| order.as_str() == name)
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            DayOrder::AsStored => "giữ ngày như trong ô",
            DayOrder::Swapped => "đổi chỗ ngày và tháng",
        }
    }
}

/// What is said of one column; what is left out is not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnFacts {
    /// What it means.
    pub meaning: Option<ColumnMeaning>,
    /// How its percents are meant.
    pub scale: Option<PercentScale>,
    /// How its dates are meant.
    pub days: Option<DayOrder>,
}

impl ColumnFacts {
    /// What `later` says, and where it says nothing what was said before.
    #[must_use]
    pub fn then(self, later: ColumnFacts) -> ColumnFacts {
        ColumnFacts {
            meaning: later.meaning.or(self.meaning),
            scale: later.scale.or(self.scale),
            days: later.days.or(self.days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_is_known_by_its_name_and_by_one_only() {
        let late = ColumnMeaning::Mark(ReportedStatus::Completed, Some(Timeliness::Late));
        let all: Vec<ColumnMeaning> = ColumnMeaning::all().chain([late]).collect();
        for meaning in &all {
            assert_eq!(ColumnMeaning::parse(&meaning.name()), Some(*meaning), "{}", meaning.name());
        }
        let names: std::collections::HashSet<String> = all.iter().map(|meaning| meaning.name()).collect();
        assert_eq!(names.len(), all.len());
        for wrong in ["", "percents", "mark", "mark:done", "mark:completed:soon", "percent:whole"] {
            assert_eq!(ColumnMeaning::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_later_word_replaces_an_earlier_one_and_silence_does_not() {
        let percent = Some(ColumnMeaning::Field(Field::Percent));
        let first = ColumnFacts { meaning: percent, scale: Some(PercentScale::Whole), days: None };
        let later = ColumnFacts { scale: Some(PercentScale::Fractions), ..ColumnFacts::default() };
        let both = ColumnFacts { meaning: percent, scale: Some(PercentScale::Fractions), days: None };
        assert_eq!(first.then(later), both);
    }
}
