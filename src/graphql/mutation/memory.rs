//! What is remembered of a unit's files: corrected and forgotten.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};

use crate::actions::correct_layout::correct_layout;
use crate::actions::forget_memory::{forget_layout, forget_wording};
use crate::graphql::context::asking;
use crate::graphql::error::{Refused, Result, refused};
use crate::graphql::input::answer::CorrectLayoutInput;
use crate::graphql::input::reference;
use crate::graphql::object::memory::Layout;

/// What came of a correction (kết quả sửa mẫu bảng).
#[derive(SimpleObject)]
pub(crate) struct CorrectLayoutPayload {
    /// The layout as it is now (mẫu bảng).
    layout: Option<Layout>,
    /// Why nothing was corrected; empty when all went well (lý do từ chối).
    errors: Vec<Refused>,
}

/// What came of forgetting (kết quả quên).
#[derive(SimpleObject)]
pub(crate) struct ForgetPayload {
    /// Id of what is forgotten (mã định danh).
    forgotten: Option<ID>,
    /// Why nothing was forgotten; empty when all went well (lý do từ chối).
    errors: Vec<Refused>,
}

/// See the head of this file.
#[derive(Default)]
pub(super) struct MemoryMutation;

#[Object]
impl MemoryMutation {
    /// Corrects a remembered layout; the next file laid out so is read as it says (sửa mẫu bảng đã nhớ).
    async fn correct_layout(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is wrong in it (mẫu bảng và các cột cần sửa)")] input: CorrectLayoutInput,
    ) -> Result<CorrectLayoutPayload> {
        let asking = asking(ctx)?;
        let done = match input.corrections() {
            Ok((id, corrections)) => correct_layout(&asking.app, &asking.caller, id, corrections).await,
            Err(error) => Err(error),
        };
        let (done, errors) = refused(done)?;
        Ok(CorrectLayoutPayload { layout: done.map(|row| Layout(Arc::new(row))), errors })
    }

    /// Forgets a layout: the next file laid out so is read as if it were the first (quên mẫu bảng).
    async fn forget_layout(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The layout (mẫu bảng)")] id: ID,
    ) -> Result<ForgetPayload> {
        let asking = asking(ctx)?;
        let (done, errors) = refused(forget_layout(&asking.app, &asking.caller, reference::id(&id)).await)?;
        Ok(ForgetPayload { forgotten: done.map(|row| row.id.into()), errors })
    }

    /// Forgets what a wording was linked to: the next row worded so is asked about (quên cách ghi).
    async fn forget_wording(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The wording (cách ghi)")] id: ID,
    ) -> Result<ForgetPayload> {
        let asking = asking(ctx)?;
        let (done, errors) = refused(forget_wording(&asking.app, &asking.caller, reference::id(&id)).await)?;
        Ok(ForgetPayload { forgotten: done.map(|row| row.id.into()), errors })
    }
}
