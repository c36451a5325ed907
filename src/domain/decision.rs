//! Decisions of the office about an assignment: their kinds, and from which progress each may be taken.

use super::progress::Progress;

/// What the office decides about an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecisionKind {
    /// Xác nhận hoàn thành.
    Confirm,
    /// Trả lại, chưa công nhận hoàn thành.
    Return,
    /// Tạm dừng.
    Suspend,
    /// Tiếp tục thực hiện.
    Resume,
    /// Rút khỏi chương trình.
    Withdraw,
    /// Chuyển đơn vị khác.
    Transfer,
}

/// A decision that does not fit the progress it meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("không thể {} khi nhiệm vụ đang ở tình trạng “{}”", .kind.label().to_lowercase(), .progress.label())]
pub struct IllegalDecision {
    /// What was to be decided.
    pub kind: DecisionKind,
    /// What the assignment was found in.
    pub progress: Progress,
}

impl DecisionKind {
    /// Every kind, in the order in which lists offer them.
    pub const ALL: [DecisionKind; 6] = [
        DecisionKind::Confirm,
        DecisionKind::Return,
        DecisionKind::Suspend,
        DecisionKind::Resume,
        DecisionKind::Withdraw,
        DecisionKind::Transfer,
    ];

    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            DecisionKind::Confirm => "confirm",
            DecisionKind::Return => "return",
            DecisionKind::Suspend => "suspend",
            DecisionKind::Resume => "resume",
            DecisionKind::Withdraw => "withdraw",
            DecisionKind::Transfer => "transfer",
        }
    }

    /// The kind with this stable name.
    pub fn parse(name: &str) -> Option<DecisionKind> {
        DecisionKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            DecisionKind::Confirm => "Xác nhận hoàn thành",
            DecisionKind::Return => "Trả lại",
            DecisionKind::Suspend => "Tạm dừng",
            DecisionKind::Resume => "Tiếp tục thực hiện",
            DecisionKind::Withdraw => "Rút khỏi chương trình",
            DecisionKind::Transfer => "Chuyển đơn vị khác",
        }
    }

    /// The progress an assignment has right after the decision.
    pub fn result(self) -> Progress {
        match self {
            DecisionKind::Confirm => Progress::Completed,
            DecisionKind::Return | DecisionKind::Resume => Progress::InProgress,
            DecisionKind::Suspend => Progress::Suspended,
            DecisionKind::Withdraw => Progress::Withdrawn,
            DecisionKind::Transfer => Progress::Transferred,
        }
    }

    /// Whether the decision may be taken about an assignment in this progress.
    ///
    /// # Errors
    /// [`IllegalDecision`] when it makes no sense there: confirming what nobody reported done, resuming what runs.
    pub fn check(self, progress: Progress) -> Result<(), IllegalDecision> {
        use Progress::{
            AwaitingConfirmation, Completed, InProgress, NotStarted, Suspended, Transferred, Withdrawn,
        };
        let legal = match self {
            DecisionKind::Confirm => matches!(progress, AwaitingConfirmation),
            DecisionKind::Return => matches!(progress, AwaitingConfirmation | Completed),
            DecisionKind::Suspend => matches!(progress, NotStarted | InProgress | AwaitingConfirmation),
            DecisionKind::Resume => matches!(progress, Suspended | Withdrawn | Transferred),
            DecisionKind::Withdraw | DecisionKind::Transfer => {
                matches!(progress, NotStarted | InProgress | AwaitingConfirmation | Suspended)
            }
        };
        if legal { Ok(()) } else { Err(IllegalDecision { kind: self, progress }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_decision_is_legal_from_exactly_these_states() {
        let table = [
            (DecisionKind::Confirm, "awaiting_confirmation"),
            (DecisionKind::Return, "awaiting_confirmation completed"),
            (DecisionKind::Suspend, "not_started in_progress awaiting_confirmation"),
            (DecisionKind::Resume, "suspended withdrawn transferred"),
            (DecisionKind::Withdraw, "not_started in_progress awaiting_confirmation suspended"),
            (DecisionKind::Transfer, "not_started in_progress awaiting_confirmation suspended"),
        ];
        for (kind, expected) in table {
            let legal: Vec<_> =
                Progress::ALL.iter().filter(|p| kind.check(**p).is_ok()).map(|p| p.as_str()).collect();
            assert_eq!(legal.join(" "), expected, "{kind:?}");
            assert_eq!(DecisionKind::parse(kind.as_str()), Some(kind));
        }
    }
}
