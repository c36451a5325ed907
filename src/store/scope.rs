//! Turns the caller's scope into the condition with which every question begins. What one may not see is not there.

use sea_orm::{ColumnTrait, Condition};

use crate::domain::access::Scope;

/// Rows whose unit (in this column) is inside the scope.
pub fn inside(scope: &Scope, unit: impl ColumnTrait) -> Condition {
    match scope {
        Scope::All => Condition::all(),
        Scope::Units(units) => Condition::all().add(unit.is_in(units.iter().copied())),
    }
}
