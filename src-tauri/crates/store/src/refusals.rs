//! Table `refusals`: decisions that the backend did not take and never will. They stay until somebody has seen them.

use crate::entries::append;
use crate::row::{at, from_json, ms};
use crate::{Store, StoreError};
use audit::Body;
use chrono::{DateTime, Utc};
use domain::{Decision, DecisionId, ReviewerId};
use sqlx::Row;

#[derive(Clone, Debug)]
pub struct Refusal {
    pub decision: Decision,
    pub masked_name: String,
    /// Error code of the backend.
    pub code: String,
    pub refused_at: DateTime<Utc>,
}

impl Store {
    /// The decision leaves the outbox for this list, and the chain says so: together or not at all.
    pub async fn refuse(&self, decision: &Decision, code: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let removed = sqlx::query("delete from outbox where decision = ?")
            .bind(decision.id.to_string())
            .execute(&mut *tx)
            .await?;
        if removed.rows_affected() != 1 {
            return Ok(());
        }
        sqlx::query("insert into refusals (decision, code, refused_at_ms) values (?, ?, ?)")
            .bind(decision.id.to_string())
            .bind(code)
            .bind(ms(now))
            .execute(&mut *tx)
            .await?;
        let body = Body::Refused {
            decision: decision.id,
            code: code.to_owned(),
        };
        append(&mut tx, now, decision.reviewer, body).await?;
        Ok(tx.commit().await?)
    }

    /// Those of the reviewer that nobody has acknowledged, newest first.
    pub async fn refusals(&self, reviewer: ReviewerId) -> Result<Vec<Refusal>, StoreError> {
        let rows = sqlx::query(
            "select decisions.body, masked_name, code, refused_at_ms
             from refusals join decisions on decisions.id = refusals.decision
             where decisions.reviewer = ? and acknowledged_at_ms is null
             order by refused_at_ms desc, decisions.entry desc",
        )
        .bind(reviewer.to_string())
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Refusal {
                    decision: from_json(row.try_get("body")?)?,
                    masked_name: row.try_get("masked_name")?,
                    code: row.try_get("code")?,
                    refused_at: at(row.try_get("refused_at_ms")?)?,
                })
            })
            .collect()
    }

    /// `false`: there is no such refusal.
    pub async fn acknowledge(&self, decision: DecisionId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let seen =
            sqlx::query("update refusals set acknowledged_at_ms = coalesce(acknowledged_at_ms, ?) where decision = ?")
                .bind(ms(now))
                .bind(decision.to_string())
                .execute(&self.pool)
                .await?;
        Ok(seen.rows_affected() == 1)
    }
}
