//! Answers put into what the rows claim, before it is planned: a chosen progress becomes what the row says, and findings
//! that are answered are no obstacle any more. Errors stay: they are mended in the file.

use std::borrow::Cow;

use crate::domain::change::Theirs;
use crate::domain::finding::{FindingCode, Severity};
use crate::domain::history::Part;
use crate::import::answers::{Answers, Link, RowAnswer};
use crate::import::claim::{Claim, ClaimKind, Said};
use crate::import::value::Value;

/// Findings that are settled when a person says which task the row speaks of.
const ABOUT_THE_LINK: [FindingCode; 6] = [
    FindingCode::TaskMatchUnsure,
    FindingCode::TaskNotInNotice,
    FindingCode::ContentMissing,
    FindingCode::KeyUnknown,
    FindingCode::KeyContradicted,
    FindingCode::LinkRemembered,
];

/// Findings that are settled when a person says how far the task is.
const ABOUT_PROGRESS: [FindingCode; 11] = [
    FindingCode::StatusMixed,
    FindingCode::StatusByColour,
    FindingCode::StatusTimeOnly,
    FindingCode::StatusInParts,
    FindingCode::StatusInPartsUnsure,
    FindingCode::StatusTextDiffers,
    FindingCode::StatusAbbreviated,
    FindingCode::StatusAbbreviationUnsure,
    FindingCode::StatusUnreadable,
    FindingCode::StatusMissing,
    FindingCode::ValueInWrongColumn,
];

/// The claims as the answers have them.
pub(super) fn settled<'c>(claims: Cow<'c, [Claim]>, answers: &Answers) -> Cow<'c, [Claim]> {
    if answers.of_rows().next().is_none() {
        return claims;
    }
    let mut claims = claims.into_owned();
    for claim in &mut claims {
        let answer = answers.of(&claim.place);
        if !answer.is_empty() {
            settle(claim, &answer);
        }
    }
    Cow::Owned(claims)
}

fn settle(claim: &mut Claim, answer: &RowAnswer) {
    if let Some(link) = &answer.link {
        claim.findings.retain(|finding| !ABOUT_THE_LINK.contains(&finding.code));
        if matches!(link, Link::Task(_)) {
            // A person knows better than the reader that a row is no detail of the one above.
            claim.kind = ClaimKind::Task;
            claim.findings.retain(|finding| finding.code != FindingCode::DetailOfParent);
        }
    }
    if let Some(progress) = answer.progress {
        claim.findings.retain(|finding| !ABOUT_PROGRESS.contains(&finding.code));
        let old = claim.says.remove(&Part::Progress);
        let (cell, raw) = old.map_or((None, None), |said| (said.cell, said.raw));
        claim
            .says
            .insert(Part::Progress, Said { theirs: Theirs::Value(Value::Progress(progress)), cell, raw });
    }
    if answer.as_read {
        let of_values =
            |code: FindingCode| code.severity() == Severity::Ask && !ABOUT_THE_LINK.contains(&code);
        claim.findings.retain(|finding| !of_values(finding.code));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::Finding;
    use crate::domain::history::Parts;
    use crate::domain::progress::Progress;
    use crate::import::claim::Place;
    use crate::import::reading::Decision;

    fn claim(codes: &[FindingCode]) -> Claim {
        Claim {
            place: Place { sheet: "A".into(), row: 4, row_to: 4, table: None },
            kind: ClaimKind::Detail,
            decision: Decision::Ask,
            task: None,
            candidates: Vec::new(),
            content: Some("Nội dung".into()),
            says: Parts::new(),
            findings: codes.iter().map(|code| Finding::at(*code, "A", 5, None, "")).collect(),
        }
    }

    fn left(answer: RowAnswer) -> Vec<FindingCode> {
        use FindingCode::{
            DeadlineDayMonthSwapped, PercentOver100, PercentScaleUnsure, StatusTimeOnly, TaskMatchUnsure,
        };
        let all =
            [TaskMatchUnsure, StatusTimeOnly, PercentScaleUnsure, DeadlineDayMonthSwapped, PercentOver100];
        let answers = Answers { rows: [(("A".to_owned(), 4), answer)].into(), ..Answers::default() };
        let claims = [claim(&all)];
        settled(claims.as_slice().into(), &answers)[0].findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn an_answer_settles_its_own_question_and_no_other() {
        use FindingCode::{
            DeadlineDayMonthSwapped, PercentOver100, PercentScaleUnsure, StatusTimeOnly, TaskMatchUnsure,
        };
        let link = RowAnswer { link: Some(Link::Task("I.1-1".into())), ..RowAnswer::default() };
        assert_eq!(left(link), [StatusTimeOnly, PercentScaleUnsure, DeadlineDayMonthSwapped, PercentOver100]);
        let progress = RowAnswer { progress: Some(Progress::NotStarted), ..RowAnswer::default() };
        assert_eq!(
            left(progress),
            [TaskMatchUnsure, PercentScaleUnsure, DeadlineDayMonthSwapped, PercentOver100]
        );
        let as_read = RowAnswer { as_read: true, ..RowAnswer::default() };
        assert_eq!(left(as_read), [TaskMatchUnsure, PercentOver100], "an error is mended, not answered");
    }

    #[test]
    fn a_row_that_is_said_to_be_a_task_is_no_detail_and_says_the_chosen_progress() {
        let answer = RowAnswer {
            link: Some(Link::Task("I.1-1".into())),
            progress: Some(Progress::NotStarted),
            ..RowAnswer::default()
        };
        let answers = Answers { rows: [(("A".to_owned(), 4), answer)].into(), ..Answers::default() };
        let claims = [claim(&[])];
        let now = &settled(claims.as_slice().into(), &answers)[0];
        assert_eq!(now.kind, ClaimKind::Task);
        let progress = now.says.get(&Part::Progress).map(|said| &said.theirs);
        assert_eq!(progress, Some(&Theirs::Value(Value::Progress(Progress::NotStarted))));
    }
}
