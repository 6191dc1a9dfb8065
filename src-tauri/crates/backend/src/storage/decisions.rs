//! Table `decisions`: append-only, as the database itself sees to.

use super::{Connection, StorageError, from_json, ms, time, to_json};
use chrono::{DateTime, Utc};
use domain::{Decision, DecisionId, SubmissionId};
use sqlx::{query, query_as, query_scalar};

/// Whether it was added; `false` where the id is taken.
pub async fn add(conn: &mut Connection, decision: &Decision, received_at: DateTime<Utc>) -> Result<bool, StorageError> {
    let added = query(
        "insert into decisions (id, submission, reviewer, verdict, body, received_ms, corrects) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
    )
    .bind(decision.id.to_string())
    .bind(decision.submission.to_string())
    .bind(decision.reviewer.to_string())
    .bind(decision.verdict.as_str())
    .bind(to_json(decision)?)
    .bind(ms(received_at))
    .bind(decision.corrects.map(|corrected| corrected.to_string()))
    .execute(conn)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// The decision of that id, word for word, and when it was received.
pub async fn find(
    conn: &mut Connection,
    decision: DecisionId,
) -> Result<Option<(Decision, DateTime<Utc>)>, StorageError> {
    let row: Option<(String, i64)> = query_as("select body, received_ms from decisions where id = $1")
        .bind(decision.to_string())
        .fetch_optional(conn)
        .await?;
    row.map(|(body, received_ms)| Ok((from_json(&body)?, time(received_ms)?)))
        .transpose()
}

/// The decision that holds: the one that no other corrects.
pub async fn last_of(conn: &mut Connection, submission: SubmissionId) -> Result<Option<Decision>, StorageError> {
    let body: Option<String> = query_scalar(
        "select body from decisions d where submission = $1 \
         and not exists (select 1 from decisions later where later.corrects = d.id)",
    )
    .bind(submission.to_string())
    .fetch_optional(conn)
    .await?;
    body.map(|body| from_json(&body)).transpose()
}

/// Whether it is one of the submission's.
pub async fn is_of(
    conn: &mut Connection,
    decision: Option<DecisionId>,
    submission: SubmissionId,
) -> Result<bool, StorageError> {
    let found: i64 = query_scalar("select count(*) from decisions where id = $1 and submission = $2")
        .bind(decision.map(|id| id.to_string()).unwrap_or_default())
        .bind(submission.to_string())
        .fetch_one(conn)
        .await?;
    Ok(found > 0)
}
