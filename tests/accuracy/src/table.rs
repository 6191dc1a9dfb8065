//! The figures as Markdown. Must not live here: how they are counted.

use crate::expect::EXPECT;
use crate::score::{Fare, Score, everybody, fares, geometry, scores};
use crate::take::Seen;
use analyzer::report::Status;
use portraits::Defect;
use std::fmt::Write;

pub fn of(seen: &[Seen]) -> String {
    let conforming = seen.iter().filter(|one| one.is_conforming()).count();
    let everybody = everybody(seen);
    format!(
        "{} sitters, {conforming} of them conforming; of the conforming {} fail something and {} leave a doubt.\n\n{}\n{}\n{}\n{}",
        seen.len(),
        percent(everybody.failed, everybody.conforming),
        percent(everybody.unsure, everybody.conforming),
        checks(seen, everybody.conforming),
        defects(seen),
        lengths(seen),
        groups(seen),
    )
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    format!("{:.1} %", 100.0 * part as f64 / whole as f64)
}

fn checks(seen: &[Seen], conforming: usize) -> String {
    let mut text = String::from(
        "| check | plain defects | not passed | failed | precision of fails | conforming: fail · unsure · warn | fails it shares with | measured − true: mean ± spread |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (code, score) in scores(seen) {
        let Score {
            plain,
            failed,
            not_passed,
            fails,
            deserved,
            ..
        } = score;
        let others: Vec<String> = score
            .confused_with
            .iter()
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        let bias = score.bias.map_or("–".to_owned(), |(mean, spread, _)| {
            format!("{mean:+.1} ± {spread:.1}")
        });
        let _ = writeln!(
            text,
            "| `{code}` | {plain} | {} | {} | {} | {} · {} · {} | {} | {bias} |",
            percent(not_passed, plain),
            percent(failed, plain),
            percent(deserved, fails),
            percent(score.false_fails, conforming),
            percent(score.false_unsure, conforming),
            percent(score.false_warnings, conforming),
            others.join(", "),
        );
    }
    text
}

/// Per defect: whether it was caught at each strength.
fn defects(seen: &[Seen]) -> String {
    let mut text = String::from(
        "| defect | must be caught by | caught, strength 0.4 | 0.7 | 1 |\n| --- | --- | --- | --- | --- |\n",
    );
    for row in EXPECT {
        let caught = |strength: f32| {
            let of: Vec<&Seen> = seen
                .iter()
                .filter(|one| one.pose.defect == row.defect && one.pose.strength == strength)
                .collect();
            let all = |one: &&&Seen| {
                let noticed =
                    |code: &&str| !matches!(one.status(code), None | Some(Status::Pass | Status::NotApplicable));
                row.caught_by.iter().all(noticed)
            };
            percent(of.iter().filter(all).count(), of.len())
        };
        let (subtle, middling, plain) = (caught(0.4), caught(0.7), caught(1.0));
        let _ = writeln!(
            text,
            "| {:?} | {} | {subtle} | {middling} | {plain} |",
            row.defect,
            row.caught_by.join(", ")
        );
    }
    let unlisted: Vec<String> = Defect::ALL
        .iter()
        .filter(|defect| **defect != Defect::None && crate::expect::of(**defect).is_none())
        .map(|defect| format!("{defect:?}"))
        .collect();
    if !unlisted.is_empty() {
        let _ = writeln!(text, "\nNo check is expected to catch: {}.", unlisted.join(", "));
    }
    text
}

fn lengths(seen: &[Seen]) -> String {
    let mut text =
        String::from("| geometry, conforming sitters | median error | 99th percentile |\n| --- | --- | --- |\n");
    for (name, median, most) in geometry(seen) {
        let _ = writeln!(text, "| {name} | {median:.3} | {most:.3} |");
    }
    text
}

fn groups(seen: &[Seen]) -> String {
    let mut text = String::from(
        "| group | conforming | fail | unsure | plain defects | caught |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for ((kind, name), fare) in fares(seen) {
        let Fare {
            conforming,
            failed,
            unsure,
            plain,
            caught,
        } = fare;
        let _ = writeln!(
            text,
            "| {kind}: {name} | {conforming} | {} | {} | {plain} | {} |",
            percent(failed, conforming),
            percent(unsure, conforming),
            percent(caught, plain),
        );
    }
    text
}
