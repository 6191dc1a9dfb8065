//! Submissions come in, and the right to decide them is kept alive.

use super::Stop;
use crate::Desk;
use chrono::{DateTime, Utc};
use client::{LeasedSubmission, Session};
use domain::{Account, Lease, Submission};
use std::collections::HashSet;

impl Desk {
    /// What the backend says is leased here is in hand; what it doesn't is not. So a lease whose answer got lost is found.
    pub(crate) async fn compare_leases(
        &self,
        account: &Account,
        remote: &Session,
        now: DateTime<Utc>,
    ) -> Result<(), Stop> {
        let mine = pairs(self.heard(remote.my_leases().await)?);
        let known: HashSet<_> = mine.iter().map(|(lease, _)| lease.id).collect();
        self.store().take(account.id, &mine, now).await?;
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
        let taken = pairs(self.heard(remote.take_leases((ahead - live) as u32, None).await)?);
        if !taken.is_empty() {
            self.store().take(account.id, &taken, now).await?;
            // The count at the backend is another now.
            self.state().waiting = None;
            self.changed();
        }
        Ok(())
    }
}

fn pairs(leased: Vec<LeasedSubmission>) -> Vec<(Lease, Submission)> {
    leased
        .into_iter()
        .map(|leased| (leased.lease, leased.submission))
        .collect()
}
