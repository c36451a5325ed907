//! The closed lists and numbers of `domain` as values of columns: text and integers that both databases know. A word
//! that the rules do not know is an error naming the type, never a guess.

use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, DbErr, QueryResult, TryGetError, TryGetable, Value};

use crate::domain::access::Role;
use crate::domain::assignment::AssignmentRole;
use crate::domain::deadline::Precision;
use crate::domain::decision::DecisionKind;
use crate::domain::finding::Severity;
use crate::domain::import::{ImportState, RowOutcome};
use crate::domain::notice::NoticeState;
use crate::domain::percent::Percent;
use crate::domain::progress::Progress;
use crate::domain::unit_kind::UnitKind;

/// Stored as `$raw`: written with `$write`, read with `$read`.
macro_rules! stored {
    ($type:ty as $raw:ty, $column:expr, $array:expr, $write:expr, $read:expr) => {
        impl From<$type> for Value {
            fn from(value: $type) -> Value {
                let write: fn($type) -> $raw = $write;
                Value::from(write(value))
            }
        }

        impl Nullable for $type {
            fn null() -> Value {
                <$raw as Nullable>::null()
            }
        }

        impl ValueType for $type {
            fn try_from(value: Value) -> Result<$type, ValueTypeErr> {
                let read: fn($raw) -> Option<$type> = $read;
                read(<$raw as ValueType>::try_from(value)?).ok_or(ValueTypeErr)
            }

            fn type_name() -> String {
                stringify!($type).to_owned()
            }

            fn array_type() -> ArrayType {
                $array
            }

            fn column_type() -> ColumnType {
                $column
            }
        }

        impl TryGetable for $type {
            fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<$type, TryGetError> {
                let read: fn($raw) -> Option<$type> = $read;
                let raw = <$raw as TryGetable>::try_get_by(row, index)?;
                let unknown = format!("{} “{raw}” is not known (column {index:?})", stringify!($type));
                read(raw).ok_or_else(|| TryGetError::DbErr(DbErr::Type(unknown)))
            }
        }
    };
}

macro_rules! word {
    ($type:ty, $read:expr) => {
        stored!(
            $type as String,
            ColumnType::Text,
            ArrayType::String,
            |value| value.as_str().to_owned(),
            |name| ($read)(name.as_str())
        );
    };
}

word!(Progress, Progress::parse);
word!(Role, Role::parse);
word!(AssignmentRole, AssignmentRole::parse);
word!(DecisionKind, DecisionKind::parse);
word!(ImportState, ImportState::parse);
word!(RowOutcome, RowOutcome::parse);
word!(NoticeState, NoticeState::parse);
word!(UnitKind, UnitKind::parse);
word!(Severity, |name: &str| {
    [Severity::Info, Severity::Warning, Severity::Ask, Severity::Error]
        .into_iter()
        .find(|severity| severity.as_str() == name)
});
word!(Precision, |name: &str| {
    [
        Precision::Day,
        Precision::Week,
        Precision::Month,
        Precision::Quarter,
        Precision::HalfYear,
        Precision::Year,
        Precision::Ongoing,
        Precision::None,
        Precision::Unreadable,
    ]
    .into_iter()
    .find(|precision| precision.as_str() == name)
});
stored!(
    Percent as i32,
    ColumnType::Integer,
    ArrayType::Int,
    |percent| i32::from(percent.hundredths()),
    |hundredths| Percent::from_hundredths(i64::from(hundredths))
);
