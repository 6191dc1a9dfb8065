//! Queues photos from folders: by content, not by name; a photo that the batch already holds is passed over, so that an
//! import may be repeated. `students.csv` in the folder says who is in which photo; without it a file's name is the
//! student's name.
//!
//! Photos that are only to be known, such as those of the entrance, come in the same way, with what they are known by: they
//! are completed from the beginning, nobody reviews them, and the same shot handed in later is found to be theirs.

mod prints;
mod students;

use crate::Kept;
use crate::photos::{PHOTO_MAX_BYTES, PhotoError, PhotoKind};
use crate::storage::batches::Batch;
use crate::storage::students::Person;
use crate::storage::submissions::{self, NewSubmission};
use crate::storage::{StorageError, batches as batch_rows, shots, students as student_rows};
use axum::body::Bytes;
use chrono::{DateTime, Utc};
use domain::{BatchCode, StudentId, SubmissionId, SubmissionState};
use prints::Prints;
use protocol::Shot;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

pub use prints::PrintsError;
pub use students::StudentsError;

/// The photo profile of a batch that names none.
pub const USUAL_PROFILE: &str = "chsi-2017";

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{path} can't be read: {source}")]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{path} is not a list of batches: {source}")]
    Batches { path: PathBuf, source: serde_json::Error },
    #[error("{path}: {source}")]
    Students { path: PathBuf, source: StudentsError },
    #[error("{path}: {source}")]
    Prints { path: PathBuf, source: PrintsError },
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Photo(#[from] PhotoError),
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Or, where it is only to be known, known.
    Queued,
    /// The batch holds the very same bytes.
    AlreadyHere,
    /// Its student already has a photo waiting for review.
    StudentWaits,
    NotAPhoto,
    TooLarge,
    Unreadable(io::ErrorKind),
    /// It is to be known, and nobody says by what.
    NoPrint,
    /// `students.csv` names it, the folder does not hold it.
    Missing,
}

/// Told after each file, for whoever shows progress.
pub struct Step<'a> {
    pub batch: &'a BatchCode,
    /// May be a person's name: for the eyes of whoever imports, not for a log.
    pub file: &'a str,
    pub outcome: &'a Outcome,
    pub done: usize,
    pub total: usize,
}

pub type Progress<'a> = &'a mut (dyn FnMut(Step<'_>) + Send);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub queued: usize,
    pub already_here: usize,
    pub skipped: usize,
}

impl Imported {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Queued => self.queued += 1,
            Outcome::AlreadyHere => self.already_here += 1,
            _ => self.skipped += 1,
        }
    }
}

/// One entry of a file of batches: `[{"code", "school", "title", "folder", "profile"?}]`, folders relative to the file.
#[derive(Deserialize)]
struct BatchEntry {
    code: BatchCode,
    school: String,
    title: String,
    folder: PathBuf,
    profile: Option<String>,
}

/// Imports every batch that a file lists.
///
/// # Errors
/// The first file that can't be used; what was imported by then stays.
pub async fn batches(
    kept: &Kept,
    list: &Path,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let text = tokio::fs::read_to_string(list)
        .await
        .map_err(|source| unreadable(list, source))?;
    let entries: Vec<BatchEntry> = serde_json::from_str(&text).map_err(|source| ImportError::Batches {
        path: list.to_owned(),
        source,
    })?;
    let mut all = Imported::default();
    for entry in entries {
        let batch = Batch {
            code: entry.code,
            school: entry.school,
            title: entry.title,
            profile: entry.profile.unwrap_or_else(|| USUAL_PROFILE.to_owned()),
        };
        let dir = list.parent().unwrap_or(Path::new("")).join(entry.folder);
        let one = folder(kept, &batch, &dir, now, progress).await?;
        all.queued += one.queued;
        all.already_here += one.already_here;
        all.skipped += one.skipped;
    }
    Ok(all)
}

/// Queues the photos of a folder, not of the folders in it.
///
/// # Errors
/// The folder or its `students.csv` can't be used, or storing failed; a bad file is an [`Outcome`].
pub async fn folder(
    kept: &Kept,
    batch: &Batch,
    dir: &Path,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    each(kept, batch, dir, None, now, progress).await
}

/// Keeps the photos of a folder as known ones. `list` holds what `analyzer check --json` printed of them.
///
/// # Errors
/// As [`folder`], or the list can't be used.
pub async fn known(
    kept: &Kept,
    batch: &Batch,
    dir: &Path,
    list: &Path,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let text = tokio::fs::read_to_string(list).await;
    let prints = prints::read(&text.map_err(|source| unreadable(list, source))?);
    let prints = prints.map_err(|source| ImportError::Prints {
        path: list.to_owned(),
        source,
    })?;
    each(kept, batch, dir, Some(&prints), now, progress).await
}

/// With `prints` to be known, without to be reviewed.
async fn each(
    kept: &Kept,
    batch: &Batch,
    dir: &Path,
    prints: Option<&Prints>,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let files = files(dir)?;
    let csv = dir.join(students::FILE);
    let mut known = match std::fs::read(&csv) {
        Ok(bytes) => students::read(&bytes, now).map_err(|source| ImportError::Students { path: csv, source })?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
        Err(source) => return Err(unreadable(&csv, source)),
    };
    batch_rows::ensure(&mut *kept.database.connection().await?, batch, now).await?;

    let missing = known
        .keys()
        .filter(|name| !files.contains_key(*name))
        .cloned()
        .collect::<Vec<_>>();
    let total = files.len() + missing.len();
    let mut sum = Imported::default();
    let mut tell = |file: &str, outcome: &Outcome, done: usize| {
        sum.count(outcome);
        progress(Step {
            batch: &batch.code,
            file,
            outcome,
            done,
            total,
        });
    };
    let mut done = 0;
    for (name, path) in &files {
        let (person, submitted_at) = match known.remove(name) {
            Some(row) => (row.person, row.submitted_at),
            None => (nameless(path), now),
        };
        let shot = prints.and_then(|prints| prints.get(name));
        let outcome = match read_photo(path).await {
            Ok(_) if prints.is_some() && shot.is_none() => Outcome::NoPrint,
            Ok(bytes) => queue(kept, &batch.code, &person, submitted_at, bytes, shot).await?,
            Err(outcome) => outcome,
        };
        done += 1;
        tell(name, &outcome, done);
    }
    for name in &missing {
        done += 1;
        tell(name, &Outcome::Missing, done);
    }
    Ok(sum)
}

/// Every file that could be a photo, in the order of names.
fn files(dir: &Path) -> Result<BTreeMap<String, PathBuf>, ImportError> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(dir).map_err(|source| unreadable(dir, source))? {
        let path = entry.map_err(|source| unreadable(dir, source))?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if path.is_file() && name != students::FILE && !name.starts_with('.') {
            files.insert(name, path);
        }
    }
    Ok(files)
}

async fn read_photo(path: &Path) -> Result<Bytes, Outcome> {
    let unreadable = |error: io::Error| Outcome::Unreadable(error.kind());
    if tokio::fs::metadata(path).await.map_err(unreadable)?.len() > PHOTO_MAX_BYTES {
        return Err(Outcome::TooLarge);
    }
    let bytes = tokio::fs::read(path).await.map_err(unreadable)?;
    if PhotoKind::of(&bytes).is_some() {
        Ok(bytes.into())
    } else {
        Err(Outcome::NotAPhoto)
    }
}

/// Hands one photo in, as a new attempt where its student is known; one that comes with its shot is completed.
async fn queue(
    kept: &Kept,
    batch: &BatchCode,
    person: &Person,
    submitted_at: DateTime<Utc>,
    bytes: Bytes,
    shot: Option<&Shot>,
) -> Result<Outcome, ImportError> {
    let sha256 = hex::encode(Sha256::digest(&bytes));
    if submissions::has_photo(&mut *kept.database.connection().await?, batch, &sha256).await? {
        return Ok(Outcome::AlreadyHere);
    }
    // The photo first: a file that no row names does no harm, a row without its file would.
    let photo = kept.photos.put(bytes).await?;
    let mut tx = kept.database.begin().await?;
    batch_rows::lock(&mut tx, kept.database.dialect(), batch).await?;
    if submissions::has_photo(&mut tx, batch, &photo.sha256).await? {
        return Ok(Outcome::AlreadyHere);
    }
    let (student, attempt) = match student_rows::find(&mut tx, batch, person).await? {
        None => {
            let student = StudentId::new();
            student_rows::add(&mut tx, student, batch, person).await?;
            (student, 1)
        }
        Some(student) => match submissions::latest_attempt(&mut tx, student).await? {
            Some((_, SubmissionState::PendingReview)) => return Ok(Outcome::StudentWaits),
            latest => (student, latest.map_or(1, |(attempt, _)| attempt + 1)),
        },
    };
    let new = NewSubmission {
        id: SubmissionId::new(),
        student,
        batch,
        attempt,
        state: match shot {
            Some(_) => SubmissionState::Completed,
            None => SubmissionState::PendingReview,
        },
        submitted_at,
        photo_sha256: &photo.sha256,
        photo_bytes: photo.size_bytes,
        photo_key: &photo.key,
    };
    submissions::add(&mut tx, &new).await?;
    if let Some(shot) = shot {
        shots::add(&mut tx, new.id, shot).await?;
    }
    tx.commit().await.map_err(StorageError::from)?;
    Ok(Outcome::Queued)
}

fn nameless(path: &Path) -> Person {
    Person {
        name: path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default(),
        id_number: String::new(),
        student_no: String::new(),
        email: String::new(),
    }
}

fn unreadable(path: &Path, source: io::Error) -> ImportError {
    ImportError::Unreadable {
        path: path.to_owned(),
        source,
    }
}
