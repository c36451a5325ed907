//! The way of an uploaded workbook, and what may become of one of its rows.

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImportState {
    /// The bytes are kept; nothing is known of them yet. A refused file stays here, with its refusal.
    Received,
    /// Read and understood.
    Read,
    /// Compared with the store: there is a plan to look at.
    Planned,
    /// Written.
    Committed,
    /// Thrown away before it was written.
    Discarded,
    /// Written, then taken back.
    Undone,
}

impl ImportState {
    /// Every state, in the order in which they are reached.
    pub const ALL: [ImportState; 6] = [
        ImportState::Received,
        ImportState::Read,
        ImportState::Planned,
        ImportState::Committed,
        ImportState::Discarded,
        ImportState::Undone,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            ImportState::Received => "received",
            ImportState::Read => "read",
            ImportState::Planned => "planned",
            ImportState::Committed => "committed",
            ImportState::Discarded => "discarded",
            ImportState::Undone => "undone",
        }
    }

    /// The state with this stable name.
    pub fn parse(name: &str) -> Option<ImportState> {
        ImportState::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            ImportState::Received => "Đã nhận",
            ImportState::Read => "Đã đọc",
            ImportState::Planned => "Chờ xác nhận",
            ImportState::Committed => "Đã ghi",
            ImportState::Discarded => "Đã huỷ",
            ImportState::Undone => "Đã hoàn tác",
        }
    }

    /// Whether an import may go from this state to the next. A plan may be made again, and an undo taken back.
    pub fn may_become(self, next: ImportState) -> bool {
        use ImportState::{Committed, Discarded, Planned, Read, Received, Undone};
        match self {
            Received => matches!(next, Read | Planned | Discarded),
            Read => matches!(next, Planned | Discarded),
            Planned => matches!(next, Planned | Committed | Discarded),
            Committed => next == Undone,
            Undone => next == Committed,
            Discarded => false,
        }
    }
}

/// Somebody stopped the writing of an import while it was under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("việc ghi đã được dừng")]
pub struct Stopped;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowOutcome {
    /// A report is made of it.
    Create,
    /// It says what is already known.
    NoChange,
    /// Both sides changed since the sheet was handed out.
    Conflict,
    /// A person has to choose first.
    Ask,
    /// It has to be mended first.
    Error,
    /// It is no task of the notice.
    NotOurs,
    /// A heading, or a row that states nothing.
    Skipped,
}

impl RowOutcome {
    /// Every outcome, in the order in which counts list them.
    pub const ALL: [RowOutcome; 7] = [
        RowOutcome::Create,
        RowOutcome::NoChange,
        RowOutcome::Conflict,
        RowOutcome::Ask,
        RowOutcome::Error,
        RowOutcome::NotOurs,
        RowOutcome::Skipped,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            RowOutcome::Create => "create",
            RowOutcome::NoChange => "no_change",
            RowOutcome::Conflict => "conflict",
            RowOutcome::Ask => "ask",
            RowOutcome::Error => "error",
            RowOutcome::NotOurs => "not_ours",
            RowOutcome::Skipped => "skipped",
        }
    }

    /// The outcome with this stable name.
    pub fn parse(name: &str) -> Option<RowOutcome> {
        RowOutcome::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            RowOutcome::Create => "Ghi mới",
            RowOutcome::NoChange => "Không đổi",
            RowOutcome::Conflict => "Xung đột",
            RowOutcome::Ask => "Cần chọn",
            RowOutcome::Error => "Lỗi",
            RowOutcome::NotOurs => "Ngoài thông báo",
            RowOutcome::Skipped => "Bỏ qua",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ImportState;

    #[test]
    fn an_import_moves_forward_a_plan_may_be_made_again_and_an_undo_taken_back() {
        let moves: Vec<String> = ImportState::ALL
            .into_iter()
            .flat_map(|from| ImportState::ALL.into_iter().map(move |to| (from, to)))
            .filter(|(from, to)| from.may_become(*to))
            .map(|(from, to)| format!("{} -> {}", from.as_str(), to.as_str()))
            .collect();
        assert_eq!(
            moves,
            [
                "received -> read",
                "received -> planned",
                "received -> discarded",
                "read -> planned",
                "read -> discarded",
                "planned -> planned",
                "planned -> committed",
                "planned -> discarded",
                "committed -> undone",
                "undone -> committed",
            ]
        );
    }
}
