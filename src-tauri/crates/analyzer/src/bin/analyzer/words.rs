//! A report as one line of JSON, and as a table for people.

use std::path::Path;

use analyzer::report::{Check, Measured, Report, Required, Status, Unit};
use serde_json::json;

/// `same`: the known photo that is perhaps the same shot.
pub fn line(file: &Path, report: &Report, same: Option<&Path>) -> serde_json::Value {
    let mut geometry = json!(report.geometry);
    // Hundreds of points that no reader of lines wants.
    if let Some(fields) = geometry.as_object_mut() {
        fields.remove("silhouette");
    }
    json!({
        "file": file,
        "profile": report.profile.code,
        "verdict": report.verdict(),
        "checks": report.checks,
        "geometry": geometry,
        "crop": report.crop,
        "shot": report.shot,
        "same_shot": same,
        "elapsed_ms": report.timings.total_ms,
    })
}

pub fn table(file: &Path, report: &Report, same: Option<&Path>) -> String {
    let mut text = format!(
        "{}: {} ({}, {} × {}, {:.0} ms)\n",
        file.display(),
        word(report.verdict()),
        report.image.format,
        report.image.width_px,
        report.image.height_px,
        report.timings.total_ms,
    );
    for check in &report.checks {
        text += &format!(
            "  {:<6} {:<22} {:<16} {}\n",
            word(check.status),
            check.code,
            measured(check),
            required(check)
        );
    }
    if let Some(same) = same {
        text += &format!("  same shot as {}\n", same.display());
    }
    text
}

pub fn word(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Warn => "warn",
        Status::Fail => "FAIL",
        Status::Unsure => "unsure",
        Status::NotApplicable => "–",
    }
}

pub fn measured(check: &Check) -> String {
    match &check.measured {
        None => String::new(),
        Some(Measured::Number { value, unit }) => number(*value, *unit),
        Some(Measured::Size { width_px, height_px }) => format!("{width_px} × {height_px}"),
        Some(Measured::Name { name }) => name.clone(),
        Some(Measured::Colour { name, delta_e }) => format!("{name}, {}", number(*delta_e, Unit::DeltaE)),
    }
}

fn required(check: &Check) -> String {
    match &check.required {
        None => String::new(),
        Some(Required::Size { width_px, height_px }) => format!("{width_px} × {height_px}"),
        Some(Required::OneOf { names }) => names.join(", "),
        Some(Required::Range {
            min: Some(min),
            max: Some(max),
            unit,
            ..
        }) if min == max => number(*min, *unit),
        Some(Required::Range { min, max, unit, .. }) => {
            let side = |limit: &Option<f64>| limit.map(|value| number(value, *unit)).unwrap_or_default();
            format!("{} … {}", side(min), side(max))
        }
    }
}

fn number(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Px => format!("{value:.0} px"),
        Unit::Mm => format!("{value:.1} mm"),
        Unit::Degrees => format!("{value:.1}°"),
        Unit::Percent => format!("{value:.1} %"),
        Unit::Dpi => format!("{value:.0} dpi"),
        Unit::Bytes => format!("{:.1} kB", value / 1000.0),
        Unit::Quality | Unit::Count => format!("{value:.0}"),
        Unit::DeltaE => format!("ΔE {value:.1}"),
        Unit::Ratio => format!("{value:.2}"),
        Unit::Bits => format!("{value:.2} bit"),
        Unit::Decibels => format!("{value:.1} dB"),
    }
}
