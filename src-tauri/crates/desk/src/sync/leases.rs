//! Submissions come in, and the right to decide them is kept alive.

use super::Stop;
use crate::Desk;
use chrono::{DateTime, Utc};
use client::{LeasedSubmission, Session};
use domain::Account;
use std::collections::HashSet;

impl Desk {
    /// What the backend says is leased here is in hand; what it doesn't is not. So a lease whose answer got lost is found.
    pub(crate) async fn compare_leases(
        &self,
        account: &Account,
        remote: &Session,
        now: DateTime<Utc>,
    ) -> Result<(), Stop> {
        let mine = self.heard(remote.my_leases().await)?;
        let known: HashSet<_> = mine.iter().map(|leased| leased.lease.id).collect();
        self.take(account, mine, now).await?;
        let held = self.store().in_hand(account.id).await?;
        let lost: Vec<_> = held
            .iter()
            .map(|held| held.lease.id)
            .filter(|id| !known.contains(id))
            .collect();
        self.store().lost(&lost).await?;
        Ok(())
    }

    pub(crate) async fn renew_leases(
        &self,
        account: &Account,
        remote: &Session,
        now: DateTime<Utc>,
    ) -> Result<(), Stop> {
        let leases = self.store().leases_to_renew(account.id, now).await?;
        if leases.is_empty() {
            return Ok(());
        }
        let answer = self.heard(remote.renew(&leases).await)?;
        self.store().renewed(&answer.renewed, now).await?;
        self.store().lost(&answer.lost).await?;
        if !answer.lost.is_empty() {
            tracing::info!(count = answer.lost.len(), "leases were lost");
            self.changed();
        }
        Ok(())
    }

    /// Asks for more once half of what is leased ahead is used up.
    pub(crate) async fn top_up(&self, account: &Account, remote: &Session, now: DateTime<Utc>) -> Result<(), Stop> {
        if self.inner.judge.is_none() {
            return Ok(());
        }
        let ahead = self.settings().await?.lease_ahead as usize;
        let held = self.store().in_hand(account.id).await?;
        let live = held.iter().filter(|held| held.lease.expires_at > now).count();
        if live * 2 > ahead || live >= ahead {
            return Ok(());
        }
        let taken = self.heard(remote.take_leases((ahead - live) as u32, None).await)?;
        if !taken.is_empty() {
            self.take(account, taken, now).await?;
            // The count at the backend is another now.
            self.state().waiting = None;
            self.changed();
        }
        Ok(())
    }

    /// Into the reviewer's hand, each with the question that came with it.
    async fn take(&self, account: &Account, leased: Vec<LeasedSubmission>, now: DateTime<Utc>) -> Result<(), Stop> {
        let questions: Vec<_> = leased
            .iter()
            .map(|leased| (leased.submission.id, leased.question.clone()))
            .collect();
        let pairs: Vec<_> = leased
            .into_iter()
            .map(|leased| (leased.lease, leased.submission))
            .collect();
        self.store().take(account.id, &pairs, now).await?;
        for (submission, question) in questions {
            self.store().keep_question(submission, question.as_ref()).await?;
        }
        Ok(())
    }
}
