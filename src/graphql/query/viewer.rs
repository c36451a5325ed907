//! Who asks.

use async_graphql::{Context, Object};

use crate::graphql::context::asking;
use crate::graphql::error::Result;
use crate::graphql::object::viewer::Viewer;

/// See the head of this file.
#[derive(Default)]
pub(super) struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// Who asks, and what they may do (người gọi).
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        Ok(Viewer(asking(ctx)?.caller.clone()))
    }
}
