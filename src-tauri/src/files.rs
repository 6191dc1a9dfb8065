//! The folder of audit files.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use specta::Type;
use std::path::{Path, PathBuf};

/// A plain tar archive by content; the name says what it is for.
pub const AUDIT_EXTENSION: &str = "audit";

#[derive(Clone, Debug, Serialize, Type)]
pub struct AuditFile {
    pub path: String,
    pub name: String,
    pub bytes: f64,
    pub modified_at: Option<DateTime<Utc>>,
}

/// The file that a span of days is exported to; a name already taken gets a number.
pub fn audit_file(folder: &Path, from: NaiveDate, to: NaiveDate) -> PathBuf {
    let days = if from == to {
        from.to_string()
    } else {
        format!("{from}_{to}")
    };
    (1..)
        .map(|number| match number {
            1 => folder.join(format!("{days}.{AUDIT_EXTENSION}")),
            _ => folder.join(format!("{days} ({number}).{AUDIT_EXTENSION}")),
        })
        .find(|path| !path.exists())
        .unwrap_or_else(|| folder.join(days))
}

/// Newest first; a folder that does not exist yet is empty.
pub fn audit_files(folder: &Path) -> Vec<AuditFile> {
    let mut files: Vec<AuditFile> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|extension| extension == AUDIT_EXTENSION)
        })
        .filter_map(|entry| {
            let meta = entry.metadata().ok()?;
            Some(AuditFile {
                path: entry.path().to_string_lossy().into_owned(),
                name: entry.file_name().to_string_lossy().into_owned(),
                bytes: meta.len() as f64,
                modified_at: meta.modified().ok().map(DateTime::from),
            })
        })
        .collect();
    files.sort_by(|a, b| (b.modified_at, &b.name).cmp(&(a.modified_at, &a.name)));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_never_overwrites_an_earlier_one() {
        let folder = tempfile::tempdir().unwrap();
        let day: NaiveDate = "2026-11-24".parse().unwrap();
        let first = audit_file(folder.path(), day, day);
        assert_eq!(first.file_name().unwrap(), "2026-11-24.audit");
        std::fs::write(&first, "x").unwrap();
        let second = audit_file(folder.path(), day, day);
        assert_ne!(first, second);
        std::fs::write(&second, "xy").unwrap();
        std::fs::write(folder.path().join("notes.txt"), "").unwrap();
        assert_eq!(audit_files(folder.path()).len(), 2);
        assert!(audit_files(&folder.path().join("nothing here")).is_empty());
    }
}
