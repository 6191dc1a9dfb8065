//! A submission's whole life, and finding it: reads over several tables.

use super::{Connection, StorageError, count, from_json, id, messages, ms, submissions, time};
use chrono::{DateTime, Utc};
use domain::{BatchCode, ReviewerId, Student, SubmissionId};
use protocol::{Attempt, Found, FoundSubmission, History, MOST_FOUND, ReceivedDecision};
use sqlx::any::AnyRow;
use sqlx::{Row, query, query_as};

type AttemptRow = (String, i64, String, i64, String, i64);

/// The submission's student with every attempt, oldest first.
pub async fn life(conn: &mut Connection, submission: SubmissionId) -> Result<Option<History>, StorageError> {
    let row = query(
        "select t.id as student, t.name, t.id_number, t.student_no, b.code, b.school, b.profile \
         from submissions s join students t on t.id = s.student join batches b on b.code = s.batch where s.id = $1",
    )
    .bind(submission.to_string())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(History {
        student: student(&row)?,
        batch: BatchCode(row.try_get("code")?),
        school: row.try_get("school")?,
        profile: row.try_get("profile")?,
        attempts: attempts(conn, submission).await?,
    }))
}

async fn attempts(conn: &mut Connection, submission: SubmissionId) -> Result<Vec<Attempt>, StorageError> {
    let rows: Vec<AttemptRow> = query_as(
        "select id, attempt, state, submitted_ms, photo_sha256, photo_bytes from submissions \
         where student = (select student from submissions where id = $1) order by attempt",
    )
    .bind(submission.to_string())
    .fetch_all(&mut *conn)
    .await?;
    let mut attempts = Vec::with_capacity(rows.len());
    for (text, attempt, state, submitted_ms, photo_sha256, photo_bytes) in rows {
        let submission = id(&text)?;
        attempts.push(Attempt {
            submission,
            attempt: count(attempt)?,
            state: submissions::state(&state)?,
            submitted_at: time(submitted_ms)?,
            photo_sha256,
            photo_bytes: count(photo_bytes)?,
            decisions: decisions(conn, submission).await?,
            messages: messages::of_submission(conn, submission).await?,
        });
    }
    Ok(attempts)
}

async fn decisions(conn: &mut Connection, submission: SubmissionId) -> Result<Vec<ReceivedDecision>, StorageError> {
    let rows: Vec<(String, i64, String)> = query_as(
        "select d.body, d.received_ms, a.display_name from decisions d join accounts a on a.id = d.reviewer \
         where d.submission = $1 order by d.received_ms, d.id",
    )
    .bind(submission.to_string())
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(body, received_ms, reviewer_name)| {
            Ok(ReceivedDecision {
                decision: from_json(&body)?,
                reviewer_name,
                received_at: time(received_ms)?,
            })
        })
        .collect()
}

/// What of an ID number is typed to find its owner: fewer characters would find half a batch.
const ID_END_MIN_CHARS: usize = 4;

/// `only` narrows it to what is leased to that reviewer or was decided by them.
pub async fn find(
    conn: &mut Connection,
    text: &str,
    only: Option<ReviewerId>,
    now: DateTime<Utc>,
) -> Result<Found, StorageError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Found {
            submissions: Vec::new(),
            more: false,
        });
    }
    let plain = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let name = if plain.contains('*') {
        plain.replace('*', "%")
    } else {
        format!("%{plain}%")
    };
    let id_end = if plain.chars().count() >= ID_END_MIN_CHARS {
        format!("%{plain}")
    } else {
        String::new()
    };
    let rows = query(
        "select s.id, s.batch, s.attempt, s.state, s.submitted_ms, b.school, t.id as student, t.name, t.id_number, \
           t.student_no \
         from submissions s join batches b on b.code = s.batch join students t on t.id = s.student \
         where (t.name like $1 escape '\\' or t.student_no like $2 escape '\\' or t.id_number like $3 escape '\\' \
                or s.batch = $4) \
           and ($5 = '' or (s.lease_reviewer = $5 and s.lease_expires_ms > $6) \
                or exists (select 1 from decisions d where d.submission = s.id and d.reviewer = $5)) \
         order by s.submitted_ms desc, s.id limit $7",
    )
    .bind(name)
    .bind(format!("{plain}%"))
    .bind(id_end)
    .bind(text)
    .bind(only.map(|reviewer| reviewer.to_string()).unwrap_or_default())
    .bind(ms(now))
    .bind(i64::from(MOST_FOUND) + 1)
    .fetch_all(conn)
    .await?;
    let more = rows.len() > MOST_FOUND as usize;
    let submissions = rows
        .iter()
        .take(MOST_FOUND as usize)
        .map(found)
        .collect::<Result<_, _>>()?;
    Ok(Found { submissions, more })
}

fn student(row: &AnyRow) -> Result<Student, StorageError> {
    Ok(Student {
        id: id(&row.try_get::<String, _>("student")?)?,
        name: row.try_get("name")?,
        id_number: row.try_get("id_number")?,
        student_no: row.try_get("student_no")?,
    })
}

fn found(row: &AnyRow) -> Result<FoundSubmission, StorageError> {
    let text = |column: &str| row.try_get::<String, _>(column);
    Ok(FoundSubmission {
        submission: id(&text("id")?)?,
        student: student(row)?,
        batch: BatchCode(text("batch")?),
        school: text("school")?,
        attempt: count(row.try_get("attempt")?)?,
        state: submissions::state(&text("state")?)?,
        submitted_at: time(row.try_get("submitted_ms")?)?,
    })
}
