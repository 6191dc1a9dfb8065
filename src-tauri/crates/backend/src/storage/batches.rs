//! Table `batches`.

use super::{Connection, Dialect, StorageError, count, ms};
use chrono::{DateTime, Utc};
use domain::BatchCode;
use protocol::QueuedBatch;
use sqlx::{AssertSqlSafe, query, query_as};

/// A school's order: every student who enters its code hands in one photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    pub code: BatchCode,
    pub school: String,
    pub title: String,
    /// The photo profile that its photos are judged by, such as `chsi-2017`.
    pub profile: String,
}

/// Adds it where its code is new; an existing one stays as it is.
pub async fn ensure(conn: &mut Connection, batch: &Batch, at: DateTime<Utc>) -> Result<(), StorageError> {
    query(
        "insert into batches (code, school, title, profile, created_ms) values ($1, $2, $3, $4, $5) \
         on conflict (code) do nothing",
    )
    .bind(batch.code.0.as_str())
    .bind(batch.school.as_str())
    .bind(batch.title.as_str())
    .bind(batch.profile.as_str())
    .bind(ms(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes other transactions that add to the batch wait for this one.
pub async fn lock(conn: &mut Connection, dialect: Dialect, batch: &BatchCode) -> Result<(), StorageError> {
    query(AssertSqlSafe(format!(
        "select code from batches where code = $1 {}",
        dialect.for_update()
    )))
    .bind(batch.0.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(())
}

/// Every batch with what waits in it, leased or not.
pub async fn pending(conn: &mut Connection) -> Result<Vec<QueuedBatch>, StorageError> {
    let rows: Vec<(String, String, String, i64)> = query_as(
        "select b.code, b.school, b.title, count(s.id) from batches b \
         left join submissions s on s.batch = b.code and s.state = 'pending_review' \
         group by b.code, b.school, b.title order by b.code",
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(code, school, title, pending)| {
            Ok(QueuedBatch {
                code: BatchCode(code),
                school,
                title,
                pending: count(pending)?,
            })
        })
        .collect()
}
