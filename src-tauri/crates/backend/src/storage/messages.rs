//! Table `messages`: what students are to be told, and how far the telling has come.

use super::{Connection, Dialect, StorageError, from_json, id, ms, time, to_json};
use crate::channel::Outgoing;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{DecisionId, SubmissionId};
use protocol::{MessageState, SentMessage};
use sqlx::{AssertSqlSafe, query, query_as};

/// Queues it, due at once. Belongs into the transaction of its decision.
pub async fn add(conn: &mut Connection, message: &Outgoing, now: DateTime<Utc>) -> Result<(), StorageError> {
    query(
        "insert into messages (decision, student, submission, card, state, attempts, next_attempt_ms) \
         values ($1, $2, $3, $4, 'queued', 0, $5)",
    )
    .bind(message.decision.to_string())
    .bind(message.student.to_string())
    .bind(message.submission.to_string())
    .bind(to_json(&message.card)?)
    .bind(ms(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes the message that has been due longest and puts its next attempt off by `until_retry`, so that nobody else
/// sends it meanwhile and it comes back by itself should this program die. Answers which attempt this is, from 1.
/// Wants a writing transaction.
pub async fn claim(
    conn: &mut Connection,
    dialect: Dialect,
    now: DateTime<Utc>,
    until_retry: TimeDelta,
) -> Result<Option<(Outgoing, u32)>, StorageError> {
    let row: Option<(String, String, String, String, i64)> = query_as(AssertSqlSafe(format!(
        "select decision, student, submission, card, attempts from messages \
         where state = 'queued' and next_attempt_ms <= $1 order by next_attempt_ms, decision limit 1 {}",
        dialect.skip_locked()
    )))
    .bind(ms(now))
    .fetch_optional(&mut *conn)
    .await?;
    let Some((decision, student, submission, card, attempts)) = row else {
        return Ok(None);
    };
    query("update messages set attempts = attempts + 1, next_attempt_ms = $1 where decision = $2")
        .bind(ms(now + until_retry))
        .bind(decision.as_str())
        .execute(conn)
        .await?;
    let message = Outgoing {
        decision: id(&decision)?,
        student: id(&student)?,
        submission: id(&submission)?,
        card: from_json(&card)?,
    };
    Ok(Some((message, super::count(attempts + 1)?)))
}

pub async fn mark_sent(
    conn: &mut Connection,
    decision: DecisionId,
    sent_at: DateTime<Utc>,
) -> Result<(), StorageError> {
    query("update messages set state = 'sent', sent_ms = $1, last_error = null where decision = $2")
        .bind(ms(sent_at))
        .bind(decision.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// What is corrected before it was sent is not sent any more. One that is just being sent is marked as sent afterwards.
pub async fn withdraw(conn: &mut Connection, decision: DecisionId) -> Result<(), StorageError> {
    mark_undeliverable(conn, decision, "corrected before it was sent").await
}

pub async fn mark_undeliverable(conn: &mut Connection, decision: DecisionId, why: &str) -> Result<(), StorageError> {
    query("update messages set state = 'undeliverable', last_error = $1 where decision = $2 and state = 'queued'")
        .bind(why)
        .bind(decision.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn put_off(
    conn: &mut Connection,
    decision: DecisionId,
    until: DateTime<Utc>,
    why: &str,
) -> Result<(), StorageError> {
    query("update messages set next_attempt_ms = $1, last_error = $2 where decision = $3 and state = 'queued'")
        .bind(ms(until))
        .bind(why)
        .bind(decision.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// What the submission's student was told, oldest first.
pub async fn of_submission(conn: &mut Connection, submission: SubmissionId) -> Result<Vec<SentMessage>, StorageError> {
    let rows: Vec<(String, String, String, Option<i64>)> = query_as(
        "select m.decision, m.card, m.state, m.sent_ms from messages m join decisions d on d.id = m.decision \
         where m.submission = $1 order by d.received_ms, m.decision",
    )
    .bind(submission.to_string())
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(decision, card, state, sent_ms)| {
            Ok(SentMessage {
                decision: id(&decision)?,
                submission,
                card: from_json(&card)?,
                state: match state.as_str() {
                    "queued" => MessageState::Queued,
                    "sent" => MessageState::Sent,
                    "undeliverable" => MessageState::Undeliverable,
                    _ => return Err(StorageError::Corrupt("message state")),
                },
                sent_at: sent_ms.map(time).transpose()?,
            })
        })
        .collect()
}
