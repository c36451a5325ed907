//! How departments head their columns and word their statuses, beyond the words of the vocabulary: shortened, turned
//! round, in a person's own words. Each line says what a careful reader understands.

use giaoban::import::normalise::status::of_words;
use giaoban::import::recognise::legend::Legend;
use giaoban::import::vocabulary::headings::{Meaning, guesses};

/// Below this a heading is not followed, whatever the cells say.
const FOLLOWED: f64 = 0.45;

fn lines(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    data.lines().filter_map(|line| line.split_once('\t'))
}

#[test]
fn headings_in_other_words_mean_what_a_careful_reader_understands() {
    let meant = |heading: &str| match guesses(heading).first().filter(|guess| guess.weight >= FOLLOWED) {
        Some(guess) => match guess.meaning {
            Meaning::Field(field) => field.as_str(),
            Meaning::CompletedOn | Meaning::Code | Meaning::Count | Meaning::Extension | Meaning::Other => {
                "other"
            }
        },
        None => "other",
    };
    let all = lines(include_str!("wordings/headings.tsv"));
    let wrong: Vec<String> = all
        .filter(|(meaning, heading)| meant(heading) != *meaning)
        .map(|(meaning, heading)| format!("{heading}: {}, not {meaning}", meant(heading)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn statuses_in_other_words_say_how_far_and_whether_in_time() {
    let said = |text: &str| {
        let (value, _) = of_words(text, None, &Legend::default());
        let status = value.value.map_or("none", |status| status.as_str());
        value.timeliness.map_or(status.to_owned(), |timeliness| format!("{status} {}", timeliness.as_str()))
    };
    let all = lines(include_str!("wordings/statuses.tsv"));
    let wrong: Vec<String> = all
        .filter(|(expected, text)| said(text) != *expected)
        .map(|(expected, text)| format!("{text}: {}, not {expected}", said(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
