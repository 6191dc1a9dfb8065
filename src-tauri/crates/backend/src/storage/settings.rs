//! Table `settings`: what this deployment made up for itself once, or what a supervisor set.

use super::{Connection, StorageError};
use protocol::USUAL_BLIND_PERCENT;
use sqlx::{query, query_scalar};

/// Whether desks may decide outside working hours: "yes" or "no".
const OVERTIME: &str = "overtime";
/// On how many photos of a hundred desks hide the machine's verdict at first: a number.
const BLIND_PERCENT: &str = "blind_percent";

pub async fn overtime(conn: &mut Connection) -> Result<bool, StorageError> {
    Ok(get(conn, OVERTIME).await?.as_deref() == Some("yes"))
}

pub async fn set_overtime(conn: &mut Connection, allowed: bool) -> Result<(), StorageError> {
    set(conn, OVERTIME, if allowed { "yes" } else { "no" }).await
}

pub async fn blind_percent(conn: &mut Connection) -> Result<u32, StorageError> {
    let Some(value) = get(conn, BLIND_PERCENT).await? else {
        return Ok(USUAL_BLIND_PERCENT);
    };
    value.parse().map_err(|_| StorageError::Corrupt("setting"))
}

pub async fn set_blind_percent(conn: &mut Connection, percent: u32) -> Result<(), StorageError> {
    set(conn, BLIND_PERCENT, &percent.to_string()).await
}

/// The value of that name; `fresh` where it had none.
pub async fn get_or_set(conn: &mut Connection, name: &str, fresh: &str) -> Result<String, StorageError> {
    query("insert into settings (name, value) values ($1, $2) on conflict (name) do nothing")
        .bind(name)
        .bind(fresh)
        .execute(&mut *conn)
        .await?;
    Ok(query_scalar("select value from settings where name = $1")
        .bind(name)
        .fetch_one(conn)
        .await?)
}

async fn get(conn: &mut Connection, name: &str) -> Result<Option<String>, StorageError> {
    Ok(query_scalar("select value from settings where name = $1")
        .bind(name)
        .fetch_optional(conn)
        .await?)
}

async fn set(conn: &mut Connection, name: &str, value: &str) -> Result<(), StorageError> {
    query("insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value")
        .bind(name)
        .bind(value)
        .execute(conn)
        .await?;
    Ok(())
}
