//! Table `sign_in_attempts`: how often in a row a name was tried without success.

use super::{Connection, StorageError, ms};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{query, query_scalar};

/// Counts an attempt *before* its password is looked at, so that many at once can't slip through together. Answers the
/// how many-th in a row it is. Once past `most`, time runs from the last one that was let through; after `pause` the
/// count begins anew.
pub async fn count(
    conn: &mut Connection,
    username_sha256: &str,
    most: i64,
    pause: TimeDelta,
    now: DateTime<Utc>,
) -> Result<i64, StorageError> {
    let in_a_row = query_scalar(
        "insert into sign_in_attempts (username_sha256, in_a_row, last_ms) values ($1, 1, $2) \
         on conflict (username_sha256) do update set \
           in_a_row = case when sign_in_attempts.last_ms <= $3 then 1 else sign_in_attempts.in_a_row + 1 end, \
           last_ms = case when sign_in_attempts.last_ms > $3 and sign_in_attempts.in_a_row >= $4 \
                     then sign_in_attempts.last_ms else $2 end \
         returning in_a_row",
    )
    .bind(username_sha256)
    .bind(ms(now))
    .bind(ms(now - pause))
    .bind(most)
    .fetch_one(conn)
    .await?;
    Ok(in_a_row)
}

pub async fn forget(conn: &mut Connection, username_sha256: &str) -> Result<(), StorageError> {
    query("delete from sign_in_attempts where username_sha256 = $1")
        .bind(username_sha256)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets the counts that have run out.
pub async fn purge(conn: &mut Connection, pause: TimeDelta, now: DateTime<Utc>) -> Result<(), StorageError> {
    query("delete from sign_in_attempts where last_ms <= $1")
        .bind(ms(now - pause))
        .execute(conn)
        .await?;
    Ok(())
}
