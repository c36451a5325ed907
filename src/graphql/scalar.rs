//! Days and moments as clients write and see them, under the names that clients expect. What the schema says of them
//! stands on the `impl`: the macro reads it there.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, SecondsFormat, Utc};

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date(pub(crate) NaiveDate);

/// A day of the calendar in Việt Nam, as 2020-06-30 (ngày).
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        // Exactly the form that is given out: chrono alone would also take 2020-6-1 and +2020-06-01.
        let day = text.parse::<NaiveDate>().ok().filter(|day| day.to_string() == *text);
        day.map(Date).ok_or_else(|| InputValueError::custom("Ngày phải viết theo dạng 2020-06-30."))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Date {
        Date(day)
    }
}

impl From<Date> for NaiveDate {
    fn from(day: Date) -> NaiveDate {
        day.0
    }
}

/// A moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateTime(pub(crate) chrono::DateTime<Utc>);

/// A moment in universal time to the microsecond, as 2020-06-30T08:15:30.123456Z (thời điểm).
#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let moment = chrono::DateTime::parse_from_rfc3339(text);
        moment
            .map(|moment| DateTime(moment.to_utc()))
            .map_err(|_| InputValueError::custom("Thời điểm phải viết theo dạng 2020-06-30T08:15:30Z."))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}
