//! Table `settings`: what this deployment made up for itself once, or what a supervisor set.

use super::{Connection, StorageError};
use sqlx::{query, query_scalar};

/// Whether desks may decide outside working hours: "yes" or "no".
const OVERTIME: &str = "overtime";

pub async fn overtime(conn: &mut Connection) -> Result<bool, StorageError> {
    let value: Option<String> = query_scalar("select value from settings where name = $1")
        .bind(OVERTIME)
        .fetch_optional(conn)
        .await?;
    Ok(value.as_deref() == Some("yes"))
}

pub async fn set_overtime(conn: &mut Connection, allowed: bool) -> Result<(), StorageError> {
    query("insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value")
        .bind(OVERTIME)
        .bind(if allowed { "yes" } else { "no" })
        .execute(conn)
        .await?;
    Ok(())
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
