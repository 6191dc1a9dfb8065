//! Table `outbox`: decisions that the backend has not taken yet.

use crate::row::{at, from_json, ms};
use crate::{Store, StoreError};
use chrono::{DateTime, Utc};
use domain::{Decision, DecisionId, ReviewerId};
use sqlx::Row;

/// A decision on its way, as it is shown.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub decision: Decision,
    pub masked_name: String,
    pub not_before: DateTime<Utc>,
    pub attempts: u32,
}

/// A decision that is to be sent now.
#[derive(Clone, Debug)]
pub struct Due {
    pub decision: Decision,
    /// How often it was tried before.
    pub attempts: u32,
}

impl Store {
    /// Everything on its way of this reviewer, newest first.
    pub async fn outgoing(&self, reviewer: ReviewerId) -> Result<Vec<Outgoing>, StoreError> {
        let rows = sqlx::query(
            "select decisions.body, masked_name, not_before_ms, attempts
             from outbox join decisions on decisions.id = outbox.decision
             where outbox.reviewer = ? order by decisions.entry desc",
        )
        .bind(reviewer.to_string())
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Outgoing {
                    decision: from_json(row.try_get("body")?)?,
                    masked_name: row.try_get("masked_name")?,
                    not_before: at(row.try_get("not_before_ms")?)?,
                    attempts: row.try_get("attempts")?,
                })
            })
            .collect()
    }

    /// What is to be sent at `now`, in the order it was decided.
    pub async fn due(&self, reviewer: ReviewerId, now: DateTime<Utc>) -> Result<Vec<Due>, StoreError> {
        let rows = sqlx::query(
            "select decisions.body, attempts from outbox join decisions on decisions.id = outbox.decision
             where outbox.reviewer = ?1 and not_before_ms <= ?2 and next_attempt_at_ms <= ?2
             order by decisions.entry",
        )
        .bind(reviewer.to_string())
        .bind(ms(now))
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Due {
                    decision: from_json(row.try_get("body")?)?,
                    attempts: row.try_get("attempts")?,
                })
            })
            .collect()
    }

    /// When something has to be sent next.
    pub async fn next_due(&self, reviewer: ReviewerId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let next: Option<i64> =
            sqlx::query_scalar("select min(max(not_before_ms, next_attempt_at_ms)) from outbox where reviewer = ?")
                .bind(reviewer.to_string())
                .fetch_one(&self.pool)
                .await?;
        next.map(at).transpose()
    }

    /// From here on the decision can't be taken back. `false`: it was, or it is not due.
    pub async fn begin_sending(&self, decision: DecisionId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let marked = sqlx::query("update outbox set state = 'sending' where decision = ? and not_before_ms <= ?")
            .bind(decision.to_string())
            .bind(ms(now))
            .execute(&self.pool)
            .await?;
        Ok(marked.rows_affected() == 1)
    }

    /// The backend did not answer, or could not take it: it will be tried again.
    pub async fn try_again(&self, decision: DecisionId, next: DateTime<Utc>) -> Result<(), StoreError> {
        sqlx::query(
            "update outbox set state = 'waiting', attempts = attempts + 1, next_attempt_at_ms = ? where decision = ?",
        )
        .bind(ms(next))
        .bind(decision.to_string())
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The backend took it.
    pub async fn delivered(&self, decision: DecisionId) -> Result<(), StoreError> {
        sqlx::query("delete from outbox where decision = ?")
            .bind(decision.to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Ends the hold of everything of this reviewer, and lets what failed be tried at once.
    pub async fn end_holds(&self, reviewer: ReviewerId, now: DateTime<Utc>) -> Result<(), StoreError> {
        sqlx::query(
            "update outbox set not_before_ms = min(not_before_ms, ?1), next_attempt_at_ms = min(next_attempt_at_ms, ?1)
             where reviewer = ?2",
        )
        .bind(ms(now))
        .bind(reviewer.to_string())
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The backend is back: what failed is tried at once.
    pub async fn forget_delays(&self, reviewer: ReviewerId, now: DateTime<Utc>) -> Result<(), StoreError> {
        sqlx::query("update outbox set next_attempt_at_ms = min(next_attempt_at_ms, ?) where reviewer = ?")
            .bind(ms(now))
            .bind(reviewer.to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// How many decisions of the reviewer are on their way.
    pub async fn count_outgoing(&self, reviewer: ReviewerId) -> Result<u32, StoreError> {
        Ok(sqlx::query_scalar("select count(*) from outbox where reviewer = ?")
            .bind(reviewer.to_string())
            .fetch_one(&self.pool)
            .await?)
    }
}
