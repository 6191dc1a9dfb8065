//! Table `inbox`: what the demonstration channel has delivered, and what the students' pages show of it.

use super::submissions::state;
use super::{Connection, StorageError, from_json, id, ms, time, to_json};
use crate::channel::Outgoing;
use chrono::{DateTime, Utc};
use domain::{DecisionId, MessageCard, StudentId, SubmissionState};
use sqlx::{query, query_as, query_scalar};

/// Delivers it; a second time changes nothing.
pub async fn add(conn: &mut Connection, message: &Outgoing, at: DateTime<Utc>) -> Result<(), StorageError> {
    query(
        "insert into inbox (decision, student, submission, card, delivered_ms) values ($1, $2, $3, $4, $5) \
         on conflict (decision) do nothing",
    )
    .bind(message.decision.to_string())
    .bind(message.student.to_string())
    .bind(message.submission.to_string())
    .bind(to_json(&message.card)?)
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(())
}

pub struct Delivered {
    pub decision: DecisionId,
    pub student: StudentId,
    pub card: MessageCard,
    pub delivered_at: DateTime<Utc>,
}

type Row = (String, String, String, i64);

fn delivered((decision, student, card, delivered_ms): Row) -> Result<Delivered, StorageError> {
    Ok(Delivered {
        decision: id(&decision)?,
        student: id(&student)?,
        card: from_json(&card)?,
        delivered_at: time(delivered_ms)?,
    })
}

/// The latest deliveries to anybody, newest first.
pub async fn latest(conn: &mut Connection, most: i64) -> Result<Vec<Delivered>, StorageError> {
    let rows: Vec<Row> = query_as(
        "select decision, student, card, delivered_ms from inbox order by delivered_ms desc, decision desc limit $1",
    )
    .bind(most)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(delivered).collect()
}

pub async fn total(conn: &mut Connection) -> Result<i64, StorageError> {
    Ok(query_scalar("select count(*) from inbox").fetch_one(conn).await?)
}

/// Everything that one student has received, newest first.
pub async fn of_student(conn: &mut Connection, student: StudentId) -> Result<Vec<Delivered>, StorageError> {
    let rows: Vec<Row> = query_as(
        "select decision, student, card, delivered_ms from inbox where student = $1 \
         order by delivered_ms desc, decision desc",
    )
    .bind(student.to_string())
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(delivered).collect()
}

/// How far the student's latest attempt has come.
pub struct Progress {
    pub state: SubmissionState,
    pub school: String,
    /// Of the batch.
    pub title: String,
}

pub async fn progress(conn: &mut Connection, student: StudentId) -> Result<Option<Progress>, StorageError> {
    let row: Option<(String, String, String)> = query_as(
        "select s.state, b.school, b.title from submissions s join batches b on b.code = s.batch \
         where s.student = $1 order by s.attempt desc limit 1",
    )
    .bind(student.to_string())
    .fetch_optional(conn)
    .await?;
    row.map(|(text, school, title)| {
        Ok(Progress {
            state: state(&text)?,
            school,
            title,
        })
    })
    .transpose()
}
