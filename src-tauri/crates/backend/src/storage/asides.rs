//! Table `asides`: what was given back undecided.

use super::{Connection, StorageError, id, ms, time};
use chrono::{DateTime, Utc};
use domain::{AsideKind, LeaseId, Question, ReviewerId, SubmissionId};
use sqlx::{query, query_as, query_scalar};
use std::collections::HashMap;

pub async fn add(
    conn: &mut Connection,
    submission: SubmissionId,
    reviewer: ReviewerId,
    kind: AsideKind,
    note: &str,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    query("insert into asides (id, submission, reviewer, kind, note, at_ms) values ($1, $2, $3, $4, $5, $6)")
        // Any fresh identity will do: nobody ever names an aside.
        .bind(LeaseId::new().to_string())
        .bind(submission.to_string())
        .bind(reviewer.to_string())
        .bind(match kind {
            AsideKind::Skip => "skip",
            AsideKind::Ask => "ask",
        })
        .bind(note)
        .bind(ms(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// The submission of a live lease of the reviewer.
pub async fn leased(
    conn: &mut Connection,
    reviewer: ReviewerId,
    lease: LeaseId,
    now: DateTime<Utc>,
) -> Result<Option<SubmissionId>, StorageError> {
    let found: Option<String> = query_scalar(
        "select id from submissions where lease_id = $1 and lease_reviewer = $2 and lease_expires_ms > $3 \
         and state = 'pending_review'",
    )
    .bind(lease.to_string())
    .bind(reviewer.to_string())
    .bind(ms(now))
    .fetch_optional(conn)
    .await?;
    found.map(|text| id(&text)).transpose()
}

/// The latest open question of each submission that is leased to the reviewer.
pub async fn questions(
    conn: &mut Connection,
    reviewer: ReviewerId,
) -> Result<HashMap<SubmissionId, Question>, StorageError> {
    let rows: Vec<(String, String, i64, String)> = query_as(
        "select a.submission, c.display_name, a.at_ms, a.note from asides a join accounts c on c.id = a.reviewer \
         join submissions s on s.id = a.submission \
         where a.kind = 'ask' and s.lease_reviewer = $1 and s.state = 'pending_review' order by a.at_ms",
    )
    .bind(reviewer.to_string())
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(submission, asked_by, at_ms, note)| {
            let question = Question {
                asked_by,
                asked_at: time(at_ms)?,
                note,
            };
            Ok((id(&submission)?, question))
        })
        .collect()
}
