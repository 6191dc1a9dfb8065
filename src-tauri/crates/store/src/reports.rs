//! Table `reports`: what the analyzer said, as the very bytes that the audit hashes.

use crate::{Store, StoreError};
use analyzer::report::Report;
use audit::Hash;

impl Store {
    /// Keeps a report; its hash.
    pub async fn keep_report(&self, report: &Report) -> Result<Hash, StoreError> {
        let body = serde_json::to_vec(report).map_err(|_| StoreError::Damaged("a report that can't be written"))?;
        let sha256 = Hash::of(&body);
        sqlx::query("insert into reports (sha256, body) values (?, ?) on conflict do nothing")
            .bind(sha256.to_string())
            .bind(body)
            .execute(&self.pool)
            .await?;
        Ok(sha256)
    }

    pub async fn report(&self, sha256: Hash) -> Result<Option<Report>, StoreError> {
        match self.report_bytes(sha256).await? {
            Some(body) => serde_json::from_slice(&body)
                .map(Some)
                .map_err(|_| StoreError::Damaged("a report")),
            None => Ok(None),
        }
    }

    pub async fn report_bytes(&self, sha256: Hash) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(sqlx::query_scalar("select body from reports where sha256 = ?")
            .bind(sha256.to_string())
            .fetch_optional(&self.pool)
            .await?)
    }
}
