//! What a unit has to do with a task.

/// What a unit has to do with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssignmentRole {
    /// Chủ trì.
    Lead,
    /// Phối hợp.
    Coordinating,
    /// Neither; the unit reports although nobody asked.
    Other,
}

impl AssignmentRole {
    /// Every role.
    pub const ALL: [AssignmentRole; 3] =
        [AssignmentRole::Lead, AssignmentRole::Coordinating, AssignmentRole::Other];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            AssignmentRole::Lead => "lead",
            AssignmentRole::Coordinating => "coordinating",
            AssignmentRole::Other => "other",
        }
    }

    /// The role with this stable name.
    pub fn parse(name: &str) -> Option<AssignmentRole> {
        AssignmentRole::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// The Vietnamese label.
    pub fn label(self) -> &'static str {
        match self {
            AssignmentRole::Lead => "Chủ trì",
            AssignmentRole::Coordinating => "Phối hợp",
            AssignmentRole::Other => "Khác",
        }
    }
}
