//! Published figures, and rows that add up.

use proptest::prelude::*;

use super::*;
use Standing::{
    CompletedLate, CompletedOnTime, OpenInTime, OpenNoDeadline, OpenOverdue, Suspended, Withdrawn,
};

fn counts(parts: &[(Standing, u64)]) -> Counts {
    let mut counts = Counts::default();
    for (standing, count) in parts {
        counts.count(*standing, *count);
    }
    counts
}

fn percent(percent: Option<Percent>) -> String {
    percent.map_or("-".to_owned(), |percent| percent.to_string())
}

#[test]
fn the_government_of_2017_completed_98_63_of_what_fell_due() {
    // Report 1270/BC-TCTTTg; it printed 98,62 (cut) and 1,38 (the rest).
    let year =
        counts(&[(CompletedOnTime, 14_068), (CompletedLate, 1_983), (OpenInTime, 5_640), (OpenOverdue, 223)]);
    assert_eq!(year.total(), 21_914);
    assert_eq!((year.completed(), year.open()), (16_051, 5_863));
    assert_eq!(year.in_base(Base::Due), 16_274);
    let shares = year.shares(Base::Due).unwrap();
    assert_eq!(shares.base(), Base::Due);
    assert_eq!(percent(Some(shares.completed())), "98,63%");
    assert_eq!(percent(shares.get(OpenOverdue)), "1,37%");
    assert_eq!(percent(shares.get(OpenInTime)), "-");
    // 73,2454 alone; with its four parts adding up to 100 it is 64,19 + 9,05.
    assert_eq!(percent(year.completed_rate(Base::All)), "73,24%");
}

#[test]
fn published_figures_come_out() {
    for (parts, base, standing, want) in [
        // Văn phòng Chính phủ, eight months of 2016: 2,501 of 2,723 due.
        (
            &[(CompletedOnTime, 2_501), (OpenOverdue, 222), (OpenInTime, 3_549)][..],
            Base::Due,
            CompletedOnTime,
            "91,85%",
        ),
        // Quảng Nam 2017, inside the completed: 81 on time of 249.
        (&[(CompletedOnTime, 81), (CompletedLate, 168)], Base::Due, CompletedOnTime, "32,53%"),
        // Bộ GD&ĐT 2017, of all 56: 46 in time.
        (
            &[(OpenInTime, 46), (OpenOverdue, 5), (CompletedOnTime, 3), (CompletedLate, 2)],
            Base::All,
            OpenInTime,
            "82,14%",
        ),
        (&[(OpenNoDeadline, 1), (Suspended, 1), (Withdrawn, 2)], Base::All, Withdrawn, "50%"),
    ] {
        let shares = counts(parts).shares(base).unwrap();
        assert_eq!(percent(shares.get(standing)), want, "{parts:?}");
    }
}

#[test]
fn nothing_due_has_no_percent() {
    let open = counts(&[(OpenInTime, 3), (OpenNoDeadline, 20), (Suspended, 1)]);
    assert_eq!(open.shares(Base::Due), None);
    assert_eq!(open.completed_rate(Base::Due), None);
    assert_eq!(percent(open.completed_rate(Base::All)), "0%");
    assert_eq!(Counts::default().shares(Base::All), None);
}

#[test]
fn thirds_add_up() {
    let shares =
        counts(&[(CompletedOnTime, 1), (CompletedLate, 1), (OpenOverdue, 1)]).shares(Base::Due).unwrap();
    let printed = [CompletedOnTime, CompletedLate, OpenOverdue].map(|standing| percent(shares.get(standing)));
    assert_eq!(printed, ["33,34%", "33,33%", "33,33%"]);
}

#[test]
fn standings_stand_at_their_own_place() {
    for (index, standing) in Standing::ALL.into_iter().enumerate() {
        assert_eq!(standing as usize, index);
        assert_eq!(Counts::of([standing]).get(standing), 1);
    }
}

#[test]
fn counts_of_units_sum_up() {
    let one = Counts::of([CompletedOnTime, OpenOverdue]);
    let sum: Counts = [one, one, Counts::of([OpenInTime])].into_iter().sum();
    assert_eq!((sum.get(CompletedOnTime), sum.get(OpenOverdue), sum.total()), (2, 2, 5));
}

proptest! {
    #[test]
    fn percents_of_a_row_add_up_to_100(parts in proptest::array::uniform8(0u64..1_000_000)) {
        let mut counts = Counts::default();
        for (standing, count) in Standing::ALL.into_iter().zip(parts) {
            counts.count(standing, count);
        }
        for base in Base::ALL {
            let Some(shares) = counts.shares(base) else {
                prop_assert_eq!(counts.in_base(base), 0);
                continue;
            };
            let each = Standing::ALL.into_iter().filter_map(|standing| shares.get(standing));
            prop_assert_eq!(each.map(|percent| u32::from(percent.hundredths())).sum::<u32>(), 10_000);
            for standing in Standing::ALL {
                if let Some(percent) = shares.get(standing) {
                    #[expect(clippy::cast_precision_loss, reason = "counts of a test")]
                    let exact = counts.get(standing) as f64 * 100.0 / counts.in_base(base) as f64;
                    prop_assert!((percent.value() - exact).abs() < 0.0100001);
                }
            }
        }
    }
}
