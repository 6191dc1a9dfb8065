//! Table `decisions`: append-only, as the database itself sees to.

use super::{Connection, StorageError, from_json, ms, time, to_json};
use chrono::{DateTime, Utc};
use domain::{Decision, DecisionId};
use sqlx::{query, query_as};

/// Whether it was added; `false` where the id is taken.
pub async fn add(conn: &mut Connection, decision: &Decision, received_at: DateTime<Utc>) -> Result<bool, StorageError> {
    let added = query(
        "insert into decisions (id, submission, reviewer, verdict, body, received_ms) values ($1, $2, $3, $4, $5, $6) \
         on conflict (id) do nothing",
    )
    .bind(decision.id.to_string())
    .bind(decision.submission.to_string())
    .bind(decision.reviewer.to_string())
    .bind(decision.verdict.as_str())
    .bind(to_json(decision)?)
    .bind(ms(received_at))
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
