//! Table `rules`: every version of the reason catalogue and the calendar that was ever served.

use super::{Connection, StorageError, from_json, ms, to_json};
use chrono::{DateTime, Utc};
use domain::{Calendar, ReasonCatalogue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{query, query_scalar};

/// Data that is served under a version.
pub trait Versioned: Serialize + DeserializeOwned + PartialEq + Send + Sync {
    const KIND: &'static str;
    fn version(&self) -> &str;
}

impl Versioned for ReasonCatalogue {
    const KIND: &'static str = "reasons";
    fn version(&self) -> &str {
        &self.version
    }
}

impl Versioned for Calendar {
    const KIND: &'static str = "calendar";
    fn version(&self) -> &str {
        &self.version
    }
}

/// Keeps it. `false` where the same version was served before with other content.
pub async fn keep<T: Versioned>(conn: &mut Connection, data: &T, now: DateTime<Utc>) -> Result<bool, StorageError> {
    query(
        "insert into rules (kind, version, body, served_ms) values ($1, $2, $3, $4) \
         on conflict (kind, version) do nothing",
    )
    .bind(T::KIND)
    .bind(data.version())
    .bind(to_json(data)?)
    .bind(ms(now))
    .execute(&mut *conn)
    .await?;
    Ok(find::<T>(conn, data.version()).await?.as_ref() == Some(data))
}

pub async fn find<T: Versioned>(conn: &mut Connection, version: &str) -> Result<Option<T>, StorageError> {
    let body: Option<String> = query_scalar("select body from rules where kind = $1 and version = $2")
        .bind(T::KIND)
        .bind(version)
        .fetch_optional(conn)
        .await?;
    body.map(|text| from_json(&text)).transpose()
}
