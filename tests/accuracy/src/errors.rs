//! The single photos behind the figures: what was missed and what was failed without need, to be looked at.

use crate::expect;
use crate::take::Seen;
use analyzer::report::Status;

/// A line each: `missed` or `wrong`, the check, the sitter's seed, the defect and its strength, the measured value.
pub fn lines(seen: &[Seen]) -> Vec<String> {
    let mut lines: Vec<String> = seen.iter().flat_map(of_one).collect();
    lines.sort();
    lines
}

fn of_one(one: &Seen) -> Vec<String> {
    let must = match expect::of(one.pose.defect) {
        Some(row) if one.is_plain() => row.caught_by,
        _ => &[],
    };
    let found = one.checks.iter().filter_map(|(code, found)| {
        let kind = match found.status {
            Status::Fail if !expect::is_deserved(one.pose.defect, code) => "wrong",
            _ if found.is_passed() && must.contains(&code.as_str()) => "missed",
            _ => return None,
        };
        let (seed, defect, strength) = (one.pose.seed, one.pose.defect, one.pose.strength);
        let value = found.value.map_or("–".to_owned(), |value| format!("{value:.3}"));
        Some(format!("{kind} {code} {seed} {defect:?} {strength} {value}"))
    });
    found.collect()
}
