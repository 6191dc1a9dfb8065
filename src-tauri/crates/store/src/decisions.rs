//! Table `decisions`: what was decided here. Only ever added to.

use crate::entries::append;
use crate::row::{from_json, ms, parse, to_json};
use crate::submissions::{Held, add_decided};
use crate::{Store, StoreError, Transaction};
use analyzer::report::Status;
use audit::{Body, Decided};
use chrono::{DateTime, Utc};
use domain::{Decision, DecisionId, ReviewerId, SubmissionId};

impl Store {
    /// Writes a decision with its audit entry and its outbox row, and takes the submission out of the reviewer's hand:
    /// all of it is on disk when this returns, or nothing.
    ///
    /// # Errors
    /// [`StoreError::NotInHand`] where the submission is not in this reviewer's hand under this lease.
    pub async fn decide(&self, decided: &Decided, not_before: DateTime<Utc>) -> Result<(), StoreError> {
        let decision = &decided.decision;
        let mut tx = self.begin().await?;
        let taken = sqlx::query(
            "update submissions set state = 'decided'
             where id = ? and state = 'in_hand' and reviewer = ? and lease = ?",
        )
        .bind(decision.submission.to_string())
        .bind(decision.reviewer.to_string())
        .bind(decision.lease.to_string())
        .execute(&mut *tx)
        .await?;
        if taken.rows_affected() != 1 {
            return Err(StoreError::NotInHand);
        }
        record(&mut tx, decided, not_before).await?;
        Ok(tx.commit().await?)
    }

    /// Writes a correction as [`Store::decide`] writes a decision. It is not held: it goes out at once, and only another
    /// correction takes it back. `held` is what it is about, which another desk may have decided.
    pub async fn correct(&self, decided: &Decided, held: &Held) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        add_decided(&mut tx, held).await?;
        record(&mut tx, decided, decided.decision.decided_at).await?;
        Ok(tx.commit().await?)
    }

    /// Takes a decision back: a new entry that names it, no outbox row, the submission in hand again; that submission.
    ///
    /// # Errors
    /// [`StoreError::HoldOver`] where its hold is over at `now`, where it is being sent, or where it is not this
    /// reviewer's.
    pub async fn undo(
        &self,
        decision: DecisionId,
        reviewer: ReviewerId,
        now: DateTime<Utc>,
    ) -> Result<SubmissionId, StoreError> {
        let mut tx = self.begin().await?;
        let removed = sqlx::query(
            "delete from outbox
             where decision = ? and reviewer = ? and state = 'waiting' and attempts = 0 and not_before_ms > ?",
        )
        .bind(decision.to_string())
        .bind(reviewer.to_string())
        .bind(ms(now))
        .execute(&mut *tx)
        .await?;
        if removed.rows_affected() != 1 {
            return Err(StoreError::HoldOver);
        }
        let submission: String = sqlx::query_scalar(
            "update submissions set state = 'in_hand'
             where id = (select submission from decisions where id = ?) and state = 'decided' returning id",
        )
        .bind(decision.to_string())
        .fetch_one(&mut *tx)
        .await?;
        append(&mut tx, now, reviewer, Body::Undo { decision }).await?;
        tx.commit().await?;
        parse(&submission)
    }

    /// The last of the reviewer's decisions since a moment that the backend took and nothing corrected, newest first; each
    /// with the masked name.
    pub async fn sent(
        &self,
        reviewer: ReviewerId,
        since: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<(Decision, String)>, StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "select body, masked_name from decisions
             where reviewer = ? and decided_at_ms >= ?
               and not exists (select 1 from outbox where outbox.decision = decisions.id)
               and not exists (select 1 from refusals where refusals.decision = decisions.id)
               and not exists (select 1 from entries where entries.decision = decisions.id and kind = 'undo')
               and not exists (select 1 from decisions later where later.corrects = decisions.id
                               and not exists (select 1 from refusals where refusals.decision = later.id))
             order by decided_at_ms desc, entry desc limit ?",
        )
        .bind(reviewer.to_string())
        .bind(ms(since))
        .bind(most)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|(body, masked_name)| Ok((from_json(&body)?, masked_name)))
            .collect()
    }

    /// The reviewer's decisions between two moments that were not taken back, oldest first, each with what the machine
    /// made of the photo. A correction is no photo more: it is left out.
    pub async fn decisions(
        &self,
        reviewer: ReviewerId,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<(Decision, Option<Status>)>, StoreError> {
        let rows: Vec<(String, Option<String>)> = sqlx::query_as(
            "select decisions.body, submissions.machine from decisions
             join submissions on submissions.id = decisions.submission
             where decisions.reviewer = ? and decided_at_ms >= ? and decided_at_ms < ? and corrects is null
               and not exists (select 1 from entries where entries.decision = decisions.id and kind = 'undo')
             order by decided_at_ms, decisions.id",
        )
        .bind(reviewer.to_string())
        .bind(ms(from))
        .bind(ms(until))
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|(body, machine)| {
                let machine = machine.as_deref().map(from_json).transpose()?;
                Ok((from_json(&body)?, machine))
            })
            .collect()
    }

    /// How many photos the reviewer decided between two moments and did not take back.
    pub async fn count_decisions(
        &self,
        reviewer: ReviewerId,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<u32, StoreError> {
        Ok(sqlx::query_scalar(
            "select count(*) from decisions
             where reviewer = ? and decided_at_ms >= ? and decided_at_ms < ? and corrects is null
               and not exists (select 1 from entries where entries.decision = decisions.id and kind = 'undo')",
        )
        .bind(reviewer.to_string())
        .bind(ms(from))
        .bind(ms(until))
        .fetch_one(&self.pool)
        .await?)
    }
}

/// The decision with its audit entry and its outbox row.
async fn record(tx: &mut Transaction, decided: &Decided, not_before: DateTime<Utc>) -> Result<(), StoreError> {
    let decision = &decided.decision;
    let body = Body::Decision(Box::new(decided.clone()));
    let entry = append(tx, decision.decided_at, decision.reviewer, body).await?;
    sqlx::query(
        "insert into decisions (id, entry, submission, reviewer, verdict, decided_at_ms, masked_name, corrects, body)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(decision.id.to_string())
    .bind(entry.seq as i64)
    .bind(decision.submission.to_string())
    .bind(decision.reviewer.to_string())
    .bind(decision.verdict.as_str())
    .bind(ms(decision.decided_at))
    .bind(&decided.masked_name)
    .bind(decision.corrects.map(|corrected| corrected.to_string()))
    .bind(to_json(decision)?)
    .execute(&mut **tx)
    .await?;
    sqlx::query("insert into outbox (decision, reviewer, not_before_ms, next_attempt_at_ms) values (?1, ?2, ?3, ?3)")
        .bind(decision.id.to_string())
        .bind(decision.reviewer.to_string())
        .bind(ms(not_before))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
