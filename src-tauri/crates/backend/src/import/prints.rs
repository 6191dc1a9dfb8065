//! What photos are known by, as `analyzer check --json` prints it: one line of JSON a file. Only fingerprint and eyes are
//! read of it; no photo is looked at here.

use analyzer::report::ShotPrint;
use analyzer::same_shot::{Fingerprint, VERSION};
use domain::Eyes;
use protocol::Shot;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// By the names of the files, without their folders.
pub(super) type Prints = BTreeMap<String, Shot>;

/// A line counts from 1; the words hold nothing personal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintsError {
    #[error("line {0} is none that `analyzer check --json` prints")]
    Line(usize),
    #[error("line {0}: the fingerprint is not of version {VERSION}; let the analyzer of this version print it")]
    OtherPrint(usize),
}

/// Where no single face was seen, or nothing at all, both are absent.
#[derive(Deserialize)]
struct Line {
    file: PathBuf,
    shot: Option<ShotPrint>,
    geometry: Option<Eyes>,
}

pub(super) fn read(text: &str) -> Result<Prints, PrintsError> {
    let mut prints = Prints::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Line { file, shot, geometry } = serde_json::from_str(line).map_err(|_| PrintsError::Line(at + 1))?;
        let name = file.file_name().ok_or(PrintsError::Line(at + 1))?;
        let (Some(print), Some(eyes)) = (shot, geometry) else {
            continue;
        };
        Fingerprint::read(&print).ok_or(PrintsError::OtherPrint(at + 1))?;
        let shot = Shot {
            version: print.version,
            bits: print.bits,
            eyes,
            within_bits: 0,
        };
        prints.insert(name.to_string_lossy().into_owned(), shot);
    }
    Ok(prints)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(file: &str, version: u32) -> String {
        let eye = serde_json::json!({ "x_px": 200.5, "y_px": 300.0 });
        serde_json::json!({
            "file": file,
            "verdict": "pass",
            "shot": { "version": version, "bits": "0".repeat(64) },
            "geometry": { "left_eye_px": eye, "right_eye_px": eye, "yaw_deg": 1.5 },
        })
        .to_string()
    }

    #[test]
    fn what_a_photo_is_known_by_is_found_by_the_name_of_its_file() {
        let unread = r#"{ "file": "b.jpg", "error": { "code": "truncated" } }"#;
        let faceless = r#"{ "file": "c.jpg", "shot": null, "geometry": null }"#;
        let text = format!("{}\n{unread}\n\n{faceless}\n", line("last year/鲍奕辰.jpg", VERSION));
        let prints = read(&text).unwrap();
        assert_eq!(prints.keys().collect::<Vec<_>>(), ["鲍奕辰.jpg"]);
        assert_eq!(prints["鲍奕辰.jpg"].eyes.left_eye_px.x_px, 200.5);
    }

    #[test]
    fn a_flaw_is_named_with_its_line() {
        assert_eq!(read("\n{}").unwrap_err(), PrintsError::Line(2));
        assert_eq!(read(&line("..", VERSION)).unwrap_err(), PrintsError::Line(1));
        let other = format!("{}\n{}", line("a.jpg", VERSION), line("b.jpg", VERSION + 1));
        assert_eq!(read(&other).unwrap_err(), PrintsError::OtherPrint(2));
    }
}
