//! One value of a report, as a plan shows and compares it: progress, percent, day or text.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::history::{AssignmentState, Part, Stated};
use crate::domain::percent::Percent;
use crate::domain::progress::Progress;
use crate::domain::{date, text};

/// A value of one [`Part`].
#[derive(Clone, Debug)]
pub enum Value {
    /// Of [`Part::Progress`]: not started, in progress or completed, the words a unit may use.
    Progress(Progress),
    /// Of [`Part::Percent`].
    Percent(Percent),
    /// Of [`Part::CompletedOn`].
    Day(NaiveDate),
    /// Of the text parts.
    Text(Arc<str>),
}

impl PartialEq for Value {
    /// Texts are the same when they differ only in blanks, line breaks and Unicode form: another program that saves the
    /// file again may change these, and a person would not call it a change.
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Progress(a), Value::Progress(b)) => a == b,
            (Value::Percent(a), Value::Percent(b)) => a == b,
            (Value::Day(a), Value::Day(b)) => a == b,
            (Value::Text(a), Value::Text(b)) => a == b || text::tidy(a) == text::tidy(b),
            (Value::Progress(_) | Value::Percent(_) | Value::Day(_) | Value::Text(_), _) => false,
        }
    }
}

impl serde::Serialize for Value {
    /// The same as [`Value::json`].
    fn serialize<S: serde::ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Progress(progress) => serializer.serialize_str(progress.as_str()),
            Value::Percent(percent) => serializer.serialize_f64(percent.value()),
            Value::Day(day) => serializer.collect_str(day),
            Value::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl Value {
    /// As JSON: a percent on the scale 0..100, a day as ISO date, progress by its stable name.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Value::Progress(progress) => progress.as_str().into(),
            Value::Percent(percent) => percent.value().into(),
            Value::Day(day) => day.to_string().into(),
            Value::Text(text) => text.as_ref().into(),
        }
    }

    /// As people read it.
    pub fn shown(&self) -> String {
        match self {
            Value::Progress(progress) => progress.label().to_owned(),
            Value::Percent(percent) => format!("{}%", percent.value()).replace('.', ","),
            Value::Day(day) => date::official(*day),
            Value::Text(text) => text.as_ref().to_owned(),
        }
    }

    /// The value of `part` that [`Value::json`] gave; `None` for anything else.
    pub fn parse(part: Part, json: &serde_json::Value) -> Option<Value> {
        match part {
            Part::Progress => json.as_str().and_then(Progress::parse).map(Value::Progress),
            Part::Percent => {
                let hundredths = (json.as_f64()? * 100.0).round();
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "checked to lie in 0..=10000 by the callee"
                )]
                Percent::from_hundredths(hundredths as i64).map(Value::Percent)
            }
            Part::CompletedOn => json.as_str()?.parse().ok().map(Value::Day),
            Part::Result | Part::Difficulties | Part::Proposals | Part::Note => {
                json.as_str().map(|text| Value::Text(text.into()))
            }
        }
    }

    /// Writes the value where a report states it.
    pub fn state_in(&self, part: Part, stated: &mut Stated) {
        match (part, self) {
            (Part::Progress, Value::Progress(progress)) => stated.progress = Some(*progress),
            (Part::Percent, Value::Percent(percent)) => stated.percent = Some(*percent),
            (Part::CompletedOn, Value::Day(day)) => stated.completed_on = Some(*day),
            (Part::Result, Value::Text(text)) => stated.result = Some(text.clone()),
            (Part::Difficulties, Value::Text(text)) => stated.difficulties = Some(text.clone()),
            (Part::Proposals, Value::Text(text)) => stated.proposals = Some(text.clone()),
            (Part::Note, Value::Text(text)) => stated.note = Some(text.clone()),
            // A value is only ever made for its own part (`parse`, `of_state`, `claim`).
            (
                Part::Progress
                | Part::Percent
                | Part::CompletedOn
                | Part::Result
                | Part::Difficulties
                | Part::Proposals
                | Part::Note,
                _,
            ) => {}
        }
    }

    /// What the store holds for a part, progress left out: which word of progress counts depends on the sheet
    /// (see [`word`] and [`AssignmentState::claimed`]).
    pub fn of_state(part: Part, state: &AssignmentState) -> Option<Value> {
        let text = |text: &Option<Arc<str>>| text.clone().map(Value::Text);
        match part {
            Part::Progress => None,
            Part::Percent => state.percent.map(Value::Percent),
            Part::CompletedOn => state.completed_on.map(Value::Day),
            Part::Result => text(&state.result),
            Part::Difficulties => text(&state.difficulties),
            Part::Proposals => text(&state.proposals),
            Part::Note => text(&state.note),
        }
    }
}

/// The word a unit would use for a progress; none for the states that only the office gives.
pub fn word(progress: Progress) -> Option<Progress> {
    match progress {
        Progress::NotStarted => Some(Progress::NotStarted),
        Progress::InProgress => Some(Progress::InProgress),
        Progress::AwaitingConfirmation | Progress::Completed => Some(Progress::Completed),
        Progress::Suspended | Progress::Withdrawn | Progress::Transferred => None,
    }
}
