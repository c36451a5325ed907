//! Reports, decisions and deadlines.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};

use crate::actions::extend_deadline::extend_deadline;
use crate::actions::record_decision::record_decision;
use crate::actions::record_report::record_report;
use crate::graphql::context::asking;
use crate::graphql::error::{Refused, Result, refused};
use crate::graphql::input::deed::{ExtendDeadlineInput, RecordDecisionInput, RecordReportInput};
use crate::graphql::object::assignment::Assignment;
use crate::graphql::object::report::{DeadlineChange, Decision, Report};

/// What came of a report (kết quả ghi báo cáo).
#[derive(SimpleObject)]
pub(crate) struct RecordReportPayload {
    /// The report, when it was recorded (báo cáo).
    report: Option<Report>,
    /// The assignment after it (nhiệm vụ sau khi ghi).
    assignment: Option<Assignment>,
    /// Why nothing was recorded; empty when it was (lý do từ chối).
    errors: Vec<Refused>,
}

/// What came of a decision (kết quả ghi quyết định).
#[derive(SimpleObject)]
pub(crate) struct RecordDecisionPayload {
    /// The decision, when it was recorded (quyết định).
    decision: Option<Decision>,
    /// The assignment after it (nhiệm vụ sau khi ghi).
    assignment: Option<Assignment>,
    /// Why nothing was recorded; empty when it was (lý do từ chối).
    errors: Vec<Refused>,
}

/// What came of a change of the deadline (kết quả gia hạn).
#[derive(SimpleObject)]
pub(crate) struct ExtendDeadlinePayload {
    /// The change, when it was recorded (lần gia hạn).
    deadline_change: Option<DeadlineChange>,
    /// The assignment after it (nhiệm vụ sau khi ghi).
    assignment: Option<Assignment>,
    /// Why nothing was recorded; empty when it was (lý do từ chối).
    errors: Vec<Refused>,
}

/// See the head of this file.
#[derive(Default)]
pub(super) struct AssignmentMutation;

#[Object]
impl AssignmentMutation {
    /// Records what a unit says about one of its assignments (ghi báo cáo tiến độ).
    async fn record_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is reported (nội dung báo cáo)")] input: RecordReportInput,
    ) -> Result<RecordReportPayload> {
        let asking = asking(ctx)?;
        let today = asking.as_of(None)?;
        let outcome = match input.try_into() {
            Ok(wanted) => record_report(&asking.app, &asking.caller, wanted).await,
            Err(error) => Err(error),
        };
        let (done, errors) = refused(outcome)?;
        let (report, assignment) = done.unzip();
        Ok(RecordReportPayload {
            report: report.map(|row| Report(Arc::new(row))),
            assignment: assignment.map(|row| Assignment::new(row, today)),
            errors,
        })
    }

    /// Records a decision of the office: confirm, return, suspend, resume, withdraw, transfer (ghi quyết định).
    async fn record_decision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is decided (nội dung quyết định)")] input: RecordDecisionInput,
    ) -> Result<RecordDecisionPayload> {
        let asking = asking(ctx)?;
        let today = asking.as_of(None)?;
        let (done, errors) = refused(record_decision(&asking.app, &asking.caller, input.into()).await)?;
        let (decision, assignment) = done.unzip();
        Ok(RecordDecisionPayload {
            decision: decision.map(|row| Decision(Arc::new(row))),
            assignment: assignment.map(|row| Assignment::new(row, today)),
            errors,
        })
    }

    /// Sets another due day for an assignment, or none, by decision of the office (gia hạn).
    async fn extend_deadline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is decided (nội dung gia hạn)")] input: ExtendDeadlineInput,
    ) -> Result<ExtendDeadlinePayload> {
        let asking = asking(ctx)?;
        let today = asking.as_of(None)?;
        let (done, errors) = refused(extend_deadline(&asking.app, &asking.caller, input.into()).await)?;
        let (change, assignment) = done.unzip();
        Ok(ExtendDeadlinePayload {
            deadline_change: change.map(|row| DeadlineChange(Arc::new(row))),
            assignment: assignment.map(|row| Assignment::new(row, today)),
            errors,
        })
    }
}
