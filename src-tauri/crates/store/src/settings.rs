//! Table `settings`: named JSON bodies that a person, or the desk itself, set.

use crate::row::{from_json, to_json};
use crate::{Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;

impl Store {
    pub async fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let body: Option<String> = sqlx::query_scalar("select body from settings where name = ?")
            .bind(name)
            .fetch_optional(&self.pool)
            .await?;
        body.map(|body| from_json(&body)).transpose()
    }

    pub async fn keep_setting<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        sqlx::query("insert into settings (name, body) values (?1, ?2) on conflict (name) do update set body = ?2")
            .bind(name)
            .bind(to_json(value)?)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The name of this store's chain: random, given once.
    pub async fn desk_name(&self) -> Result<String, StoreError> {
        let fresh = uuid::Uuid::new_v4().to_string();
        sqlx::query("insert into settings (name, body) values ('desk', ?) on conflict do nothing")
            .bind(to_json(&fresh)?)
            .execute(&self.pool)
            .await?;
        self.setting("desk")
            .await?
            .ok_or(StoreError::Damaged("the name of the desk"))
    }
}
