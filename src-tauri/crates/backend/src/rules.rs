//! The reason catalogue and the working calendar that are served: the ones the program brings along, or files of the
//! deployment's own. Data is checked before anybody sees it.

use crate::storage::rules::{Versioned, keep};
use crate::storage::{Database, StorageError};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::{Calendar, CatalogueError, ReasonCatalogue};
use protocol::Rules;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

const REASONS: &str = include_str!("../data/reasons.json");
const CALENDAR: &str = include_str!("../data/calendar.json");

#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    #[error("{file} can't be read: {source}")]
    Unreadable { file: PathBuf, source: std::io::Error },
    #[error("{file} is not of the right form: {source}")]
    Malformed { file: PathBuf, source: serde_json::Error },
    #[error("{file} won't do: {source}")]
    Reasons { file: PathBuf, source: CatalogueError },
    #[error("{file} won't do: {flaw}")]
    Calendar { file: PathBuf, flaw: CalendarFlaw },
    #[error(
        "the {kind} of version {version} were served before with other content: give the new content a new version"
    )]
    VersionReused { kind: &'static str, version: String },
    #[error(transparent)]
    Storage(#[from] StorageError),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarFlaw {
    #[error("the calendar has no version")]
    NoVersion,
    #[error("the calendar has no year")]
    NoYears,
    #[error("the desk must open before it closes")]
    Hours,
    #[error("{date} stands under the year {year}")]
    WrongYear { date: NaiveDate, year: i32 },
    #[error("{0} is both a holiday and a make-up workday")]
    Both(NaiveDate),
}

/// Reads and checks the rules; `None` stands for what the program brings along.
///
/// # Errors
/// The file and its first flaw.
pub fn load(reasons: Option<&Path>, calendar: Option<&Path>) -> Result<Rules, RulesError> {
    let (file, reasons) = read::<ReasonCatalogue>(reasons, "reasons.json", REASONS)?;
    reasons.check().map_err(|source| RulesError::Reasons { file, source })?;
    let (file, calendar) = read::<Calendar>(calendar, "calendar.json", CALENDAR)?;
    check(&calendar).map_err(|flaw| RulesError::Calendar { file, flaw })?;
    Ok(Rules { reasons, calendar })
}

/// Puts the rules on record, so that decisions made under them can be checked and explained later.
///
/// # Errors
/// [`RulesError::VersionReused`] where a version would come to mean two things.
pub async fn record(database: &Database, rules: &Rules, now: DateTime<Utc>) -> Result<(), RulesError> {
    let mut conn = database.connection().await?;
    let reused = |kind, version: &str| RulesError::VersionReused {
        kind,
        version: version.to_owned(),
    };
    if !keep(&mut conn, &rules.reasons, now).await? {
        return Err(reused(ReasonCatalogue::KIND, &rules.reasons.version));
    }
    if !keep(&mut conn, &rules.calendar, now).await? {
        return Err(reused(Calendar::KIND, &rules.calendar.version));
    }
    Ok(())
}

fn read<T: DeserializeOwned>(file: Option<&Path>, own_name: &str, own: &str) -> Result<(PathBuf, T), RulesError> {
    let (file, text) = match file {
        None => (PathBuf::from(own_name), own.to_owned()),
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|source| RulesError::Unreadable {
                file: file.to_owned(),
                source,
            })?;
            (file.to_owned(), text)
        }
    };
    match serde_json::from_str(&text) {
        Ok(data) => Ok((file, data)),
        Err(source) => Err(RulesError::Malformed { file, source }),
    }
}

fn check(calendar: &Calendar) -> Result<(), CalendarFlaw> {
    if calendar.version.is_empty() {
        return Err(CalendarFlaw::NoVersion);
    }
    if calendar.years.is_empty() {
        return Err(CalendarFlaw::NoYears);
    }
    if calendar.opens >= calendar.closes {
        return Err(CalendarFlaw::Hours);
    }
    for (&year, days) in &calendar.years {
        if let Some(&date) = days
            .holidays
            .union(&days.makeup_workdays)
            .find(|date| date.year() != year)
        {
            return Err(CalendarFlaw::WrongYear { date, year });
        }
        if let Some(&date) = days.holidays.intersection(&days.makeup_workdays).next() {
            return Err(CalendarFlaw::Both(date));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_rules_that_come_along_will_do() {
        let rules = load(None, None).unwrap();
        assert_eq!(rules.reasons.groups.len(), 11);
        assert_eq!(rules.reasons.reasons.len(), 54);
        assert_eq!(
            rules.calendar.years.keys().copied().collect::<Vec<_>>(),
            [2024, 2025, 2026]
        );
    }

    /// Every code that the analyzer's checks may name stands in the catalogue under exactly one reason or more.
    #[test]
    fn every_check_suggests_a_reason() {
        let rules = load(None, None).unwrap();
        let suggesting: BTreeSet<&str> = rules
            .reasons
            .reasons
            .iter()
            .flat_map(|reason| &reason.suggested_by)
            .map(String::as_str)
            .collect();
        for check in [
            "format",
            "pixels",
            "jpeg_quality",
            "file_bytes",
            "face_count",
            "face_width",
            "crown_margin",
            "eye_line",
            "chin",
            "centring",
            "roll",
            "yaw",
            "pitch",
            "background_colour",
            "background_evenness",
            "colour_mode",
        ] {
            assert!(suggesting.contains(check), "{check}");
        }
    }

    #[test]
    fn a_calendar_with_a_flaw_names_it() {
        let flawed = |spoil: fn(&mut Calendar)| {
            let mut calendar = load(None, None).unwrap().calendar;
            spoil(&mut calendar);
            check(&calendar).unwrap_err()
        };
        let date: NaiveDate = "2026-10-01".parse().unwrap();
        assert_eq!(flawed(|calendar| calendar.version.clear()), CalendarFlaw::NoVersion);
        assert_eq!(flawed(|calendar| calendar.years.clear()), CalendarFlaw::NoYears);
        assert_eq!(flawed(|calendar| calendar.closes = calendar.opens), CalendarFlaw::Hours);
        assert_eq!(
            flawed(|calendar| {
                let days = calendar.years.remove(&2026).unwrap();
                calendar.years.insert(2027, days);
            }),
            CalendarFlaw::WrongYear {
                date: "2026-01-01".parse().unwrap(),
                year: 2027
            }
        );
        assert_eq!(
            flawed(|calendar| {
                let days = calendar.years.get_mut(&2026).unwrap();
                days.makeup_workdays
                    .extend(days.holidays.clone().into_iter().filter(|day| day.month() == 10));
            }),
            CalendarFlaw::Both(date)
        );
    }
}
