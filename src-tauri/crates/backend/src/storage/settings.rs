//! Table `settings`: what this deployment made up for itself once.

use super::{Connection, StorageError};
use sqlx::{query, query_scalar};

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
