//! Who may do what: roles, permissions and the scope of units. The one place where access is decided;
//! `store` turns a [`Scope`] into the condition with which every query begins.

use std::collections::BTreeSet;
use std::fmt;

use uuid::Uuid;

/// What a caller is to the system (design: "Roles").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Runs the installation: users, tokens, everything the office may do.
    Admin,
    /// Văn phòng: registers notices, confirms, returns, extends, sees all.
    Office,
    /// An officer of a unit or department: its own assignments only.
    Unit,
    /// Reads everything, writes nothing.
    Analyst,
    /// Lãnh đạo: reads everything and downloads.
    Leader,
}

impl Role {
    /// Every role, in the order in which tables print them.
    pub const ALL: [Role; 5] = [Role::Admin, Role::Office, Role::Unit, Role::Analyst, Role::Leader];

    /// The stable name, as stored and as given on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Office => "office",
            Role::Unit => "unit",
            Role::Analyst => "analyst",
            Role::Leader => "leader",
        }
    }

    /// The role with this stable name.
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The closed list of things a caller may be allowed to do. A verb asks for one on its first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Read notices, tasks, assignments, reports and statistics inside the scope.
    Read,
    /// Download sheets and consolidated workbooks.
    Export,
    /// Record a report for a unit inside the scope.
    Report,
    /// Upload, plan, commit and discard an import for a unit inside the scope.
    Import,
    /// Confirm, return, suspend, withdraw, transfer; extend deadlines.
    Decide,
    /// Make and revoke tokens and users.
    Administer,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Permission; 6] = [
        Permission::Read,
        Permission::Export,
        Permission::Report,
        Permission::Import,
        Permission::Decide,
        Permission::Administer,
    ];
}

/// The units whose assignments, reports and imports a caller may see or touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every unit.
    All,
    /// Only these units (ids of `unit` rows).
    Units(BTreeSet<Uuid>),
}

impl Scope {
    /// Whether this unit is inside the scope.
    pub fn contains(&self, unit: Uuid) -> bool {
        match self {
            Scope::All => true,
            Scope::Units(units) => units.contains(&unit),
        }
    }
}

/// Who asks (GraphQL shows it as `viewer`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Name for the event log: the user's login or the token's label.
    pub name: String,
    /// The user behind the call, where there is one.
    pub user_id: Option<Uuid>,
    /// The role.
    pub role: Role,
    /// The units a `unit` caller belongs to; empty for other roles.
    pub units: BTreeSet<Uuid>,
}

/// A refusal: the caller lacks this permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("quyền hạn không đủ: {0:?}")]
pub struct Denied(pub Permission);

impl Caller {
    /// The program itself on its own machine (command line with direct access to the database).
    pub fn local(name: &str) -> Caller {
        Caller { name: name.to_owned(), user_id: None, role: Role::Admin, units: BTreeSet::new() }
    }

    /// Whether the role grants the permission at all (the scope decides on which units).
    pub fn may(&self, permission: Permission) -> bool {
        use Permission::{Administer, Decide, Export, Import, Read, Report};
        match (self.role, permission) {
            (Role::Admin, Read | Export | Report | Import | Decide | Administer) => true,
            (Role::Office, Read | Export | Report | Import | Decide) => true,
            (Role::Office, Administer) => false,
            (Role::Unit, Read | Export | Report | Import) => true,
            (Role::Unit, Decide | Administer) => false,
            (Role::Analyst | Role::Leader, Read | Export) => true,
            (Role::Analyst | Role::Leader, Report | Import | Decide | Administer) => false,
        }
    }

    /// The permission or a refusal; the first line of every verb.
    pub fn require(&self, permission: Permission) -> Result<(), Denied> {
        if self.may(permission) { Ok(()) } else { Err(Denied(permission)) }
    }

    /// The units this caller may see and touch.
    pub fn scope(&self) -> Scope {
        match self.role {
            Role::Admin | Role::Office | Role::Analyst | Role::Leader => Scope::All,
            Role::Unit => Scope::Units(self.units.clone()),
        }
    }
}
