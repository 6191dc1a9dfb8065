//! Table `sessions`: the tokens that were given out, hashed.

use super::{Connection, StorageError, ms};
use chrono::{DateTime, Utc};
use domain::ReviewerId;
use sqlx::query;

pub async fn add(
    conn: &mut Connection,
    token_sha256: &str,
    reviewer: ReviewerId,
    expires_at: DateTime<Utc>,
) -> Result<(), StorageError> {
    query("insert into sessions (token_sha256, account, expires_ms) values ($1, $2, $3)")
        .bind(token_sha256)
        .bind(reviewer.to_string())
        .bind(ms(expires_at))
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets those that have ended.
pub async fn purge(conn: &mut Connection, now: DateTime<Utc>) -> Result<(), StorageError> {
    query("delete from sessions where expires_ms <= $1")
        .bind(ms(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends every session of an account, as a new password must.
pub async fn end_all(conn: &mut Connection, reviewer: ReviewerId) -> Result<(), StorageError> {
    query("delete from sessions where account = $1")
        .bind(reviewer.to_string())
        .execute(conn)
        .await?;
    Ok(())
}
