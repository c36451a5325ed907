//! Answers at the command line: the questions are printed with the flags that answer them, and the flags do.

use super::program::run_on;
use crate::support::app::on_both;
use crate::support::book::open_report;

#[tokio::test]
async fn import_says_how_to_answer_and_answer_takes_the_answers_and_commits() {
    on_both(async |app| {
        let file = app.database().folder().join("bao-cao.xlsx");
        std::fs::write(&file, open_report("4", "#0.5", "@2020-05-06")).unwrap();
        let file = file.display().to_string();
        let import = ["import", &file, "--unit", "40", "--reported-on", "2020-04-15"];
        let shown = run_on(app.database(), &import).well().out;
        for line in [
            "--scale 'Biểu 1!E=whole' (0,5%)  hoặc  --scale 'Biểu 1!E=fractions' (50%)",
            "--days 'Biểu 1!C=as_stored' (06/5/2020)  hoặc  --days 'Biểu 1!C=swapped' (05/6/2020)",
            "--row 'Biểu 1!5=MÃ_NHIỆM_VỤ'  hoặc  --not-a-task 'Biểu 1!5'",
            "Trả lời:  giaoban answer ",
        ] {
            assert!(shown.contains(line), "no {line} in {shown}");
        }
        let words: Vec<&str> = shown.split_whitespace().collect();
        let id = words[words.iter().position(|word| *word == "answer").unwrap() + 1];

        let open = run_on(app.database(), &["answer", id, "--json"]).well().json();
        assert_eq!(open["questions"].as_array().unwrap().len(), 4, "{open}");
        let refused = run_on(app.database(), &["answer", id, "--row", "Biểu 1!99=VII.4-3"]);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(refused.err.contains("dòng 99") && refused.err.contains("[INVALID_INPUT]"), "{refused:?}");

        let flags = [
            "answer",
            id,
            "--row",
            "'Biểu 1'!5=VII.4-3",
            "--not-a-task",
            "6",
            "--scale",
            "E=fractions",
            "--days",
            "C=swapped",
            "--column",
            "F=result",
            "--yes",
            "--json",
        ];
        let done = run_on(app.database(), &flags).well().json();
        assert_eq!((&done["outcome"], &done["counts"]["create"]), (&"stored".into(), &2.into()), "{done}");
        let late = run_on(app.database(), &["answer", id, "--accept"]);
        assert_eq!(late.code, 4, "{late:?}");
    })
    .await;
}
