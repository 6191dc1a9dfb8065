//! Table `marks`: a supervisor's opinions of decisions in audit files. Only ever added to; the last one counts.

use crate::entries::append;
use crate::row::{at, ms, parse};
use crate::{Store, StoreError};
use audit::{Body, Hash};
use chrono::{DateTime, Utc};
use domain::{DecisionId, ReviewerId};
use sqlx::Row;
use std::collections::HashMap;

#[derive(Clone, Debug, PartialEq)]
pub struct StoredMark {
    pub decision: DecisionId,
    pub supervisor: ReviewerId,
    pub right: bool,
    pub note: String,
    pub marked_at: DateTime<Utc>,
}

impl Store {
    /// Adds a mark and its entry in this desk's own chain. `head`: last entry of the file that the decision is in.
    pub async fn add_mark(&self, mark: &StoredMark, head: Hash) -> Result<(), StoreError> {
        let StoredMark {
            decision,
            supervisor,
            right,
            note,
            marked_at,
        } = mark;
        let mut tx = self.begin().await?;
        let body = Body::Mark {
            decision: *decision,
            head,
            right: *right,
            note: note.clone(),
        };
        let entry = append(&mut tx, *marked_at, *supervisor, body).await?;
        sqlx::query(
            "insert into marks (entry, decision, supervisor, is_right, note, marked_at_ms) values (?, ?, ?, ?, ?, ?)",
        )
        .bind(entry.seq as i64)
        .bind(decision.to_string())
        .bind(supervisor.to_string())
        .bind(right)
        .bind(note)
        .bind(ms(*marked_at))
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// The last mark of each decision that was marked here.
    pub async fn marks(&self) -> Result<HashMap<DecisionId, StoredMark>, StoreError> {
        let rows = sqlx::query("select * from marks where entry in (select max(entry) from marks group by decision)")
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                let decision = parse(row.try_get("decision")?)?;
                let mark = StoredMark {
                    decision,
                    supervisor: parse(row.try_get("supervisor")?)?,
                    right: row.try_get("is_right")?,
                    note: row.try_get("note")?,
                    marked_at: at(row.try_get("marked_at_ms")?)?,
                };
                Ok((decision, mark))
            })
            .collect()
    }
}
