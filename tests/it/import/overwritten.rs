//! Our own sheet where somebody has written over a row of another task, or stated a progress in words of his own.

use giaoban::domain::finding::FindingCode;
use giaoban::domain::progress::Progress;
use giaoban::sheet::template::Column;

use super::retyped::{back, of_row, word, wording};
use crate::support::app::on_both;

#[tokio::test]
async fn a_row_written_over_with_another_task_is_asked_about_and_a_reworded_one_is_named() {
    on_both(async |app| {
        let other = wording(app, "VII.4-1").await;
        let (torn, reworded) =
            (("ask", FindingCode::KeyContradicted), ("create", FindingCode::OwnCellReworded));
        let (code, content) = (Column::Code, Column::Content);
        let other = other.as_str();
        let table = [
            (vec![(code, "VII.4-1"), (content, other)], torn, vec!["VII.4-1", "VII.4-3"]),
            (vec![(content, other)], torn, vec!["VII.4-1", "VII.4-3"]),
            (vec![(code, "99"), (content, "Việc khác hẳn")], torn, vec!["VII.4-3"]),
            (vec![(content, "Nội dung viết gọn")], reworded, vec!["VII.4-3"]),
            (vec![(code, "99")], reworded, vec!["VII.4-3"]),
        ];
        for (cells, (expected, code), candidates) in table {
            let (mut back, event) = back(app).await;
            let row = back.row_of(app, "VII.4-3").await;
            back.put(app, "VII.4-3", Column::Status, word("Đã hoàn thành")).await;
            for (column, text) in &cells {
                let at = back.located.columns[column];
                back.put_at(row, at, word(text));
            }
            let plan = back.plan(app, event).await;
            let planned = plan.rows.iter().find(|planned| planned.place.row == row).unwrap();
            assert_eq!(planned.outcome.as_str(), expected, "{cells:?}");
            assert_eq!(planned.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [code]);
            let named: Vec<&str> = planned.candidates.iter().map(|(code, _)| &**code).collect();
            assert_eq!(named, candidates, "{cells:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_status_in_other_words_is_understood_as_in_any_sheet() {
    on_both(async |app| {
        let table: [(&str, Option<Progress>, &[FindingCode]); 5] = [
            ("Hoàn thành", Some(Progress::Completed), &[]),
            ("Hoàn thành ngày 05/4/2020", Some(Progress::Completed), &[]),
            ("Đang triển khai", Some(Progress::InProgress), &[]),
            ("Dừng thực hiện", None, &[FindingCode::StatusNeedsDecision]),
            ("Khá tốt", None, &[FindingCode::StatusUnreadable]),
        ];
        for (written, progress, codes) in table {
            let (mut back, event) = back(app).await;
            back.put(app, "VII.4-3", Column::Status, word(written)).await;
            let plan = back.plan(app, event).await;
            assert_eq!(of_row(&plan, "VII.4-3"), codes, "{written}");
            let row = plan.rows.iter().find(|row| row.task.as_deref() == Some("VII.4-3")).unwrap();
            assert_eq!(row.stated().progress, progress, "{written}");
            let day = written.contains("05/4").then(|| chrono::NaiveDate::from_ymd_opt(2020, 4, 5).unwrap());
            assert_eq!(row.stated().completed_on, day, "{written}");
        }
    })
    .await;
}
