//! Table `rules`: reasons and calendar as the backend served them, every version that was in use here.

use crate::row::{from_json, ms, to_json};
use crate::{Store, StoreError};
use chrono::{DateTime, Utc};
use domain::{Calendar, ReasonCatalogue};
use sqlx::Row;

#[derive(Clone, Debug, PartialEq)]
pub struct StoredRules {
    pub reasons: ReasonCatalogue,
    pub calendar: Calendar,
}

impl Store {
    pub async fn keep_rules(&self, rules: &StoredRules, now: DateTime<Utc>) -> Result<(), StoreError> {
        sqlx::query(
            "insert into rules (reasons_version, calendar_version, reasons, calendar, served_at_ms)
             values (?1, ?2, ?3, ?4, ?5)
             on conflict (reasons_version, calendar_version) do update
             set reasons = ?3, calendar = ?4, served_at_ms = ?5",
        )
        .bind(&rules.reasons.version)
        .bind(&rules.calendar.version)
        .bind(to_json(&rules.reasons)?)
        .bind(to_json(&rules.calendar)?)
        .bind(ms(now))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// As last served; absent: never yet.
    pub async fn rules(&self) -> Result<Option<StoredRules>, StoreError> {
        let row = sqlx::query("select reasons, calendar from rules order by served_at_ms desc limit 1")
            .fetch_optional(&self.pool)
            .await?;
        row.map(|row| {
            Ok(StoredRules {
                reasons: from_json(row.try_get("reasons")?)?,
                calendar: from_json(row.try_get("calendar")?)?,
            })
        })
        .transpose()
    }

    /// The catalogue of this version, as last served.
    pub async fn reasons_of(&self, version: &str) -> Result<Option<ReasonCatalogue>, StoreError> {
        let reasons: Option<String> = sqlx::query_scalar(
            "select reasons from rules where reasons_version = ? order by served_at_ms desc limit 1",
        )
        .bind(version)
        .fetch_optional(&self.pool)
        .await?;
        reasons.map(|reasons| from_json(&reasons)).transpose()
    }
}
