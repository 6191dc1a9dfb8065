//! Table `photos`: the very bytes that were uploaded, by their hash. Those of decided submissions stay, for the audit.

use crate::{Store, StoreError};

impl Store {
    pub async fn keep_photo(&self, sha256: &str, bytes: &[u8]) -> Result<(), StoreError> {
        sqlx::query("insert into photos (sha256, bytes) values (?, ?) on conflict do nothing")
            .bind(sha256)
            .bind(bytes)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn photo(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(sqlx::query_scalar("select bytes from photos where sha256 = ?")
            .bind(sha256)
            .fetch_optional(&self.pool)
            .await?)
    }

    pub async fn has_photo(&self, sha256: &str) -> Result<bool, StoreError> {
        Ok(
            sqlx::query_scalar("select exists (select 1 from photos where sha256 = ?)")
                .bind(sha256)
                .fetch_one(&self.pool)
                .await?,
        )
    }
}
