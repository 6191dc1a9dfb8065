//! `analyzer check`: the analyzer at the command line. Reads the files; all judgement is the library's.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use analyzer::profiles::ALL;
use analyzer::report::{Check, Measured, Report, Required, Status, Unit};
use analyzer::{Analyzer, Models, Profile};
use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use serde_json::json;

#[derive(Parser)]
#[command(about = "Checks credential photos against a profile", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check photos. Exit code: 0 nothing failed, 1 something failed or needs a look, 2 a file could not be read
    Check {
        /// Code of a carried profile, or a profile file (its name ends in .toml)
        #[arg(long, value_name = "CODE or FILE.toml", default_value = "chsi-2017")]
        profile: String,
        /// Folder of the model files; else $PHOTO_DESK_MODELS, else src-tauri/models here or in a folder above
        #[arg(long, value_name = "DIR")]
        models: Option<PathBuf>,
        /// One line of JSON a file
        #[arg(long)]
        json: bool,
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

fn main() -> ExitCode {
    let Command::Check {
        profile,
        models,
        json,
        files,
    } = Arguments::parse().command;
    match check(&profile, models, json, &files) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("analyzer: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn check(profile: &str, models: Option<PathBuf>, json: bool, files: &[PathBuf]) -> Result<u8> {
    let profile = chosen(profile)?;
    let folder = models
        .or_else(|| env::var_os("PHOTO_DESK_MODELS").map(PathBuf::from))
        .or_else(models_above);
    let folder = folder.unwrap_or_else(|| PathBuf::from("src-tauri/models"));
    let models = Models::from_files(|name| fs::read(folder.join(name)))?;
    let analyzer = Analyzer::new(models)?;

    let mut worst = 0;
    for file in files {
        let outcome = match fs::read(file) {
            Ok(bytes) => analyzer
                .report(&bytes, &profile)
                .map_err(|error| (error.code(), error.to_string())),
            Err(error) => Err(("not_read", error.to_string())),
        };
        match outcome {
            Ok(report) => {
                worst = worst.max(u8::from(matches!(report.verdict(), Status::Fail | Status::Unsure)));
                if json {
                    println!("{}", line(file, &report))
                } else {
                    print!("{}", table(file, &report))
                }
            }
            Err((code, message)) => {
                worst = 2;
                if json {
                    println!(
                        "{}",
                        json!({ "file": file, "profile": profile.code, "error": { "code": code, "message": message } })
                    );
                } else {
                    println!("{}: {message}", file.display());
                }
            }
        }
    }
    Ok(worst)
}

/// A profile by its code, or out of a file.
fn chosen(profile: &str) -> Result<Profile> {
    if !profile.ends_with(".toml") {
        let codes = || ALL.map(|(code, _)| code).join(", ");
        return Profile::named(profile)?
            .with_context(|| format!("no profile {profile}: name a .toml file, or one of {}", codes()));
    }
    let text = fs::read_to_string(profile).with_context(|| profile.to_owned())?;
    Profile::parse(&text).with_context(|| profile.to_owned())
}

fn models_above() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors()
        .map(|folder| folder.join("src-tauri/models"))
        .find(|folder| folder.is_dir())
}

fn line(file: &Path, report: &Report) -> serde_json::Value {
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
        "elapsed_ms": report.timings.total_ms,
    })
}

fn table(file: &Path, report: &Report) -> String {
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
    text
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Warn => "warn",
        Status::Fail => "FAIL",
        Status::Unsure => "unsure",
        Status::NotApplicable => "–",
    }
}

fn measured(check: &Check) -> String {
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
    }
}
