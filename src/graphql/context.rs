//! What a request carries from the door to every resolver: who asks, what they may see, which day it is.

use async_graphql::Context;
use chrono::NaiveDate;

use super::error::{Failure, Result};
use crate::app::App;
use crate::domain::access::{Caller, Permission, Scope};
use crate::store::as_of::AsOf;

/// What a request carries.
pub(crate) struct Asking {
    /// Database, clock, settings.
    pub(crate) app: App,
    /// Who asks.
    pub(crate) caller: Caller,
    /// The units whose assignments, reports and imports may be seen.
    pub(crate) scope: Scope,
    /// The day of the request, the same for every part of it.
    pub(crate) today: NaiveDate,
}

impl Asking {
    /// A request of this caller.
    pub(crate) fn new(app: App, caller: Caller) -> Asking {
        let (scope, today) = (caller.scope(), app.clock.today());
        Asking { app, caller, scope, today }
    }

    /// The day asked for, or today.
    ///
    /// # Errors
    /// A day that has not come yet: nobody knows what will be reported by then.
    pub(crate) fn as_of(&self, day: Option<NaiveDate>) -> Result<AsOf> {
        match day {
            Some(day) if day > self.today => {
                Err(Failure::input("asOf", "Ngày “tính đến” phải là hôm nay hoặc một ngày đã qua."))
            }
            Some(day) => Ok(AsOf::day(day, self.today)),
            None => Ok(AsOf::today(self.today)),
        }
    }
}

/// What the request carries.
///
/// # Errors
/// Never, as long as `run` hands it over.
pub(crate) fn asking<'a>(ctx: &Context<'a>) -> Result<&'a Asking> {
    Ok(ctx.data::<Asking>()?)
}

/// What the request carries, for callers who may read at all.
///
/// # Errors
/// When the caller may not.
pub(crate) fn reading<'a>(ctx: &Context<'a>) -> Result<&'a Asking> {
    let asking = asking(ctx)?;
    asking.caller.require(Permission::Read)?;
    Ok(asking)
}
