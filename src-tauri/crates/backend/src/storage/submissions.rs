//! Table `submissions`, but for its leases.

use super::{Connection, Dialect, StorageError, count, id, ms, time};
use chrono::{DateTime, Utc};
use domain::{BatchCode, LeaseId, ReviewerId, StudentId, SubmissionId, SubmissionState};
use sqlx::{AssertSqlSafe, query, query_as, query_scalar};

/// One attempt that is being handed in.
pub struct NewSubmission<'a> {
    pub id: SubmissionId,
    pub student: StudentId,
    pub batch: &'a BatchCode,
    pub attempt: u32,
    pub state: SubmissionState,
    pub submitted_at: DateTime<Utc>,
    pub photo_sha256: &'a str,
    pub photo_bytes: u32,
    pub photo_key: &'a str,
}

pub async fn add(conn: &mut Connection, new: &NewSubmission<'_>) -> Result<(), StorageError> {
    query(
        "insert into submissions (id, student, batch, attempt, state, submitted_ms, photo_sha256, photo_bytes, photo_key) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.id.to_string())
    .bind(new.student.to_string())
    .bind(new.batch.0.as_str())
    .bind(i64::from(new.attempt))
    .bind(new.state.as_str())
    .bind(ms(new.submitted_at))
    .bind(new.photo_sha256)
    .bind(i64::from(new.photo_bytes))
    .bind(new.photo_key)
    .execute(conn)
    .await?;
    Ok(())
}

pub async fn has_photo(conn: &mut Connection, batch: &BatchCode, photo_sha256: &str) -> Result<bool, StorageError> {
    let found: i64 = query_scalar("select count(*) from submissions where batch = $1 and photo_sha256 = $2")
        .bind(batch.0.as_str())
        .bind(photo_sha256)
        .fetch_one(conn)
        .await?;
    Ok(found > 0)
}

/// The student's latest attempt and its state.
pub async fn latest_attempt(
    conn: &mut Connection,
    student: StudentId,
) -> Result<Option<(u32, SubmissionState)>, StorageError> {
    let row: Option<(i64, String)> =
        query_as("select attempt, state from submissions where student = $1 order by attempt desc limit 1")
            .bind(student.to_string())
            .fetch_optional(conn)
            .await?;
    row.map(|(attempt, text)| Ok((count(attempt)?, state(&text)?)))
        .transpose()
}

/// What deciding a submission needs to know of it.
pub struct Undecided {
    pub student: StudentId,
    pub student_name: String,
    pub batch: BatchCode,
    pub state: SubmissionState,
    pub photo_sha256: String,
    pub lease: Option<(LeaseId, ReviewerId, DateTime<Utc>)>,
}

type UndecidedRow = (
    String,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    Option<i64>,
);

/// Reads it and keeps other transactions from changing it until this one ends.
pub async fn lock(
    conn: &mut Connection,
    dialect: Dialect,
    submission: SubmissionId,
) -> Result<Option<Undecided>, StorageError> {
    let row: Option<UndecidedRow> = query_as(AssertSqlSafe(format!(
        "select student, batch, state, photo_sha256, lease_id, lease_reviewer, lease_expires_ms \
         from submissions where id = $1 {}",
        dialect.for_update()
    )))
    .bind(submission.to_string())
    .fetch_optional(&mut *conn)
    .await?;
    let Some((student, batch, state_text, photo_sha256, lease, reviewer, expires_ms)) = row else {
        return Ok(None);
    };
    let student_name: String = query_scalar("select name from students where id = $1")
        .bind(student.as_str())
        .fetch_one(conn)
        .await?;
    let lease = match (lease, reviewer, expires_ms) {
        (Some(lease), Some(reviewer), Some(expires_ms)) => Some((id(&lease)?, id(&reviewer)?, time(expires_ms)?)),
        _ => None,
    };
    Ok(Some(Undecided {
        student: id(&student)?,
        student_name,
        batch: BatchCode(batch),
        state: state(&state_text)?,
        photo_sha256,
        lease,
    }))
}

/// Whether its student has handed in another photo since.
pub async fn has_later_attempt(conn: &mut Connection, submission: SubmissionId) -> Result<bool, StorageError> {
    let found: i64 = query_scalar(
        "select count(*) from submissions later join submissions s on s.student = later.student \
         where s.id = $1 and later.attempt > s.attempt",
    )
    .bind(submission.to_string())
    .fetch_one(conn)
    .await?;
    Ok(found > 0)
}

/// Moves it on; a lease on it is over.
pub async fn set_decided(
    conn: &mut Connection,
    submission: SubmissionId,
    to: SubmissionState,
) -> Result<(), StorageError> {
    query(
        "update submissions set state = $1, lease_id = null, lease_reviewer = null, lease_expires_ms = null \
         where id = $2",
    )
    .bind(to.as_str())
    .bind(submission.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

pub struct PhotoPlace {
    pub key: String,
    pub sha256: String,
}

/// Where the photo lies.
pub async fn photo(conn: &mut Connection, submission: SubmissionId) -> Result<Option<PhotoPlace>, StorageError> {
    let row: Option<(String, String)> = query_as("select photo_key, photo_sha256 from submissions where id = $1")
        .bind(submission.to_string())
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|(key, sha256)| PhotoPlace { key, sha256 }))
}

/// Whether the reviewer holds a live lease on it or has decided it, or another attempt of its student: a new attempt is
/// judged beside the old ones.
pub async fn is_seen_by(
    conn: &mut Connection,
    submission: SubmissionId,
    reviewer: ReviewerId,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let found: i64 = query_scalar(
        "select count(*) from submissions s where s.student = (select student from submissions where id = $1) and (\
           (s.lease_reviewer = $2 and s.lease_expires_ms > $3) or \
           exists (select 1 from decisions d where d.submission = s.id and d.reviewer = $2))",
    )
    .bind(submission.to_string())
    .bind(reviewer.to_string())
    .bind(ms(now))
    .fetch_one(conn)
    .await?;
    Ok(found > 0)
}

pub(super) fn state(text: &str) -> Result<SubmissionState, StorageError> {
    SubmissionState::parse(text).ok_or(StorageError::Corrupt("state"))
}
