//! From what was seen to figures: how often a check is right, how near a measure comes, whether groups fare alike.

use crate::expect::{EXPECT, is_deserved, true_value};
use crate::take::Seen;
use analyzer::report::{Point, Status};
use portraits::Defect;
use std::collections::{BTreeMap, BTreeSet};

/// Right and wrong answers of one check.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Photos with a plain defect that this check must catch.
    pub plain: usize,
    pub failed: usize,
    /// Failed, warned or unsure.
    pub not_passed: usize,
    /// Fails over all photos, and those of them that the defect deserves.
    pub fails: usize,
    pub deserved: usize,
    /// Over conforming photos that were not chosen for their tone.
    pub false_fails: usize,
    pub false_unsure: usize,
    pub false_warnings: usize,
    /// Defects whose photos it fails without having to, with their number.
    pub confused_with: BTreeMap<String, usize>,
    /// Measured less true: mean and standard deviation, over how many.
    pub bias: Option<(f64, f64, usize)>,
}

impl Score {
    pub fn recall(&self) -> f64 {
        self.not_passed as f64 / self.plain as f64
    }
    pub fn precision(&self) -> f64 {
        self.deserved as f64 / self.fails as f64
    }
}

/// By the check's code.
pub fn scores(seen: &[Seen]) -> BTreeMap<String, Score> {
    let codes: BTreeSet<&String> = seen.iter().flat_map(|one| one.checks.keys()).collect();
    codes
        .into_iter()
        .map(|code| (code.clone(), score(code, seen)))
        .collect()
}

fn score(code: &str, seen: &[Seen]) -> Score {
    let must: Vec<Defect> = EXPECT
        .iter()
        .filter(|row| row.caught_by.contains(&code))
        .map(|row| row.defect)
        .collect();
    let mut score = Score::default();
    let mut errors = Vec::new();
    for one in seen {
        let Some(found) = one.checks.get(code) else { continue };
        let (status, defect) = (found.status, one.pose.defect);
        if one.is_plain() && must.contains(&defect) {
            score.plain += 1;
            score.failed += usize::from(status == Status::Fail);
            score.not_passed += usize::from(!found.is_passed());
        }
        if status == Status::Fail {
            let deserved = is_deserved(defect, code);
            score.fails += 1;
            score.deserved += usize::from(deserved);
            if !deserved {
                *score.confused_with.entry(format!("{defect:?}")).or_default() += 1;
            }
        }
        if one.is_conforming() && !one.pose.chosen {
            score.false_fails += usize::from(status == Status::Fail);
            score.false_unsure += usize::from(status == Status::Unsure);
            score.false_warnings += usize::from(status == Status::Warn);
        }
        if let (Some(value), Some(truth)) = (found.value, true_value(code, &one.sitter, &one.truth)) {
            errors.push(value - truth);
        }
    }
    score.bias = bias(&errors);
    score
}

fn bias(errors: &[f64]) -> Option<(f64, f64, usize)> {
    let count = errors.len() as f64;
    let mean = errors.iter().sum::<f64>() / count;
    let spread = (errors.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / count).sqrt();
    (!errors.is_empty()).then_some((mean, spread, errors.len()))
}

/// Median and 99th percentile of the errors on conforming sitters.
pub fn geometry(seen: &[Seen]) -> Vec<(&'static str, f64, f64)> {
    // The truth counts from pixel middles, the report from pixel edges; a row's upper edge is its number.
    let away = |at: Point, [x, y]: [f32; 2]| (at.x_px - f64::from(x) - 0.5).hypot(at.y_px - f64::from(y) - 0.5);
    let measured: Vec<_> = seen
        .iter()
        .filter(|one| one.is_conforming())
        .filter_map(|one| Some((one.geometry.as_ref()?, &one.truth)))
        .collect();
    let row = |name, error: &dyn Fn(&analyzer::report::Geometry, &portraits::Truth) -> f64| {
        let mut errors: Vec<f64> = measured.iter().map(|(found, truth)| error(found, truth)).collect();
        errors.sort_by(f64::total_cmp);
        (name, quantile(&errors, 0.5), quantile(&errors, 0.99))
    };
    vec![
        row("worse eye, eye distances", &|found, truth| {
            let worse = away(found.left_eye_px, truth.left_eye_px).max(away(found.right_eye_px, truth.right_eye_px));
            worse / f64::from(truth.eye_distance_px())
        }),
        row("crown, px", &|found, truth| {
            (found.crown_px.y_px - f64::from(truth.crown_px)).abs()
        }),
        row("chin, px", &|found, truth| {
            (found.chin_px.y_px - f64::from(truth.chin_px[1]) - 0.5).abs()
        }),
        row("face width, px", &|found, truth| {
            (found.face_right_px.x_px - found.face_left_px.x_px - f64::from(truth.face_width_px())).abs()
        }),
        row("roll, °", &|found, truth| {
            (found.roll_deg - f64::from(truth.roll_deg)).abs()
        }),
        row("yaw, °", &|found, truth| {
            (found.yaw_deg - f64::from(truth.yaw_deg)).abs()
        }),
        row("pitch, °", &|found, truth| {
            (found.pitch_deg + f64::from(truth.pitch_deg)).abs()
        }),
    ]
}

/// Of sorted values.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted
        .get((share * last as f64).round() as usize)
        .copied()
        .unwrap_or(f64::NAN)
}

/// How a group of people fares.
#[derive(Clone, Debug, Default)]
pub struct Fare {
    pub conforming: usize,
    pub failed: usize,
    pub unsure: usize,
    /// Plain defects, and those of them that every check which must catch them caught.
    pub plain: usize,
    pub caught: usize,
}

impl Fare {
    pub fn false_fail_share(&self) -> f64 {
        self.failed as f64 / self.conforming as f64
    }
}

/// By kind of group and group.
pub fn fares(seen: &[Seen]) -> BTreeMap<(&'static str, &'static str), Fare> {
    let mut fares: BTreeMap<_, Fare> = BTreeMap::new();
    for one in seen {
        for group in one.groups() {
            count(fares.entry(group).or_default(), one);
        }
    }
    fares
}

/// All sitters but those chosen for their tone.
pub fn everybody(seen: &[Seen]) -> Fare {
    let mut fare = Fare::default();
    seen.iter()
        .filter(|one| !one.pose.chosen)
        .for_each(|one| count(&mut fare, one));
    fare
}

fn count(fare: &mut Fare, one: &Seen) {
    if one.is_conforming() {
        fare.conforming += 1;
        fare.failed += usize::from(one.has(Status::Fail));
        fare.unsure += usize::from(one.has(Status::Unsure));
    } else if one.is_plain()
        && let Some(row) = crate::expect::of(one.pose.defect)
    {
        let passed = |code: &&&str| matches!(one.status(code), None | Some(Status::Pass | Status::NotApplicable));
        fare.plain += 1;
        fare.caught += usize::from(row.caught_by.iter().filter(passed).count() == 0);
    }
}
