//! Keeping desk and backend together: decisions go out, submissions and their photos come in, leases stay alive.
//!
//! [`Desk::run`] drives two loops: the exchange with the backend, and getting photos ready, so that a decision never
//! waits for a photo. Each round reads its work from the store, so that a crash loses nothing.

mod deliver;
mod leases;
mod prepare;
mod shots;

use crate::state::SignedIn;
use crate::view::Connection;
use crate::{Desk, Error};
use chrono::{DateTime, TimeDelta, Utc};
use client::{ClientError, retry};
use std::future::Future;
use std::time::Duration;
use store::StoredRules;

/// How often the backend is asked while nothing happens.
const ROUND: Duration = Duration::from_secs(20);
/// Rules older than this are asked for again.
const RULES_AGE: TimeDelta = TimeDelta::minutes(10);
/// A backend that is away is asked for again at the latest after this.
const LONGEST_ABSENCE: Duration = Duration::from_secs(15);
/// Nothing is asked for more often than this, whatever the store says.
const SHORTEST_ROUND: Duration = Duration::from_millis(20);
/// In this time the next photo is painted.
const PAINTING: Duration = Duration::from_millis(100);
/// Where something should have been done already and was not.
const OVERDUE_ROUND: Duration = Duration::from_secs(1);

impl Desk {
    /// Works until `shutdown` is ready. May be stopped at any point.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        tokio::select! {
            () = shutdown => {}
            () = self.exchange_on_and_on() => {}
            () = self.prepare_on_and_on() => {}
        }
    }

    /// One round of everything, as of `now`.
    ///
    /// # Errors
    /// What the disk says. A backend out of reach is no error.
    pub async fn sync_once(&self, now: DateTime<Utc>) -> Result<(), Error> {
        self.exchange(now).await?;
        self.prepare(now).await
    }

    async fn exchange_on_and_on(&self) {
        loop {
            if let Err(error) = self.exchange(self.now()).await {
                tracing::warn!(%error, "the round could not be finished");
            }
            let pause = self.until_next_round().await.unwrap_or(ROUND);
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                // A key woke it, and the photo that the key brings comes first.
                () = self.inner.wake_exchange.notified() => tokio::time::sleep(PAINTING).await,
            }
        }
    }

    async fn prepare_on_and_on(&self) {
        loop {
            if let Err(error) = self.prepare(self.now()).await {
                tracing::warn!(%error, "photos could not be made ready");
            }
            tokio::select! {
                () = tokio::time::sleep(ROUND) => {}
                () = self.inner.wake_prepare.notified() => {}
            }
        }
    }

    /// How long nothing has to be done, unless something new comes up.
    async fn until_next_round(&self) -> Result<Duration, Error> {
        let (signed_in, connection, unanswered) = {
            let state = self.state();
            (state.signed_in.clone(), state.connection, state.unanswered)
        };
        let idle = match connection {
            Connection::Online | Connection::SignInAgain => ROUND,
            Connection::Offline => retry::pause(unanswered.saturating_sub(1)).min(LONGEST_ABSENCE),
        };
        let Some(SignedIn {
            account,
            remote: Some(_),
            ..
        }) = signed_in
        else {
            return Ok(idle);
        };
        if connection != Connection::Online {
            return Ok(idle);
        }
        let next = [
            self.store().next_due(account.id).await?,
            self.store().next_renewal(account.id).await?,
        ];
        let now = self.now();
        let wanted = next
            .into_iter()
            .flatten()
            .map(|at| (at - now).to_std().unwrap_or(OVERDUE_ROUND))
            .min();
        Ok(wanted.unwrap_or(idle).clamp(SHORTEST_ROUND, idle))
    }

    async fn exchange(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let one_at_a_time = self.inner.exchange.lock().await;
        let signed_in = self.state().signed_in.clone();
        let Some(SignedIn {
            account,
            remote: Some(remote),
            compared,
        }) = signed_in
        else {
            // Only whether it is there.
            if let Err(error) = self.heard(self.inner.client.health().await) {
                tracing::debug!(%error, "the backend is away");
            }
            return Ok(());
        };
        let done = async {
            if !compared {
                self.compare(&account, &remote, now).await?;
            }
            self.deliver(&remote, now).await?;
            self.refresh_rules(&remote, now).await?;
            self.renew_leases(&account, &remote, now).await?;
            self.top_up(&account, &remote, now).await?;
            self.count_waiting(&remote, now).await
        };
        let done = done.await;
        drop(one_at_a_time);
        self.inner.wake_prepare.notify_one();
        match done {
            Ok(()) => Ok(()),
            Err(Stop::Store(error)) => Err(error),
            Err(Stop::Backend(error)) => {
                tracing::debug!(%error, "the backend stopped the round");
                Ok(())
            }
        }
    }

    /// After signing in, and after the backend was away: what is true now?
    async fn compare(
        &self,
        account: &domain::Account,
        remote: &client::Session,
        now: DateTime<Utc>,
    ) -> Result<(), Stop> {
        self.fetch_rules(remote, now).await?;
        self.compare_leases(account, remote, now).await?;
        self.store().forget_delays(account.id, now).await.map_err(Error::from)?;
        if let Some(signed_in) = &mut self.state().signed_in {
            signed_in.compared = signed_in.account.id == account.id;
        }
        self.changed();
        Ok(())
    }

    async fn fetch_rules(&self, remote: &client::Session, now: DateTime<Utc>) -> Result<(), Stop> {
        let rules = self.heard(remote.rules().await)?;
        let rules = StoredRules {
            reasons: rules.reasons,
            calendar: rules.calendar,
        };
        self.store().keep_rules(&rules, now).await?;
        self.state().rules_at = Some(now);
        Ok(())
    }

    /// A deployment may edit its reasons and its calendar while desks are at work.
    async fn refresh_rules(&self, remote: &client::Session, now: DateTime<Utc>) -> Result<(), Stop> {
        let old = self.state().rules_at.is_none_or(|at| now - at >= RULES_AGE);
        if old {
            self.fetch_rules(remote, now).await
        } else {
            Ok(())
        }
    }

    async fn count_waiting(&self, remote: &client::Session, now: DateTime<Utc>) -> Result<(), Stop> {
        let fresh = |at: DateTime<Utc>| now - at < TimeDelta::seconds(ROUND.as_secs() as i64);
        if self.state().waiting.is_some_and(|(_, at)| fresh(at)) {
            return Ok(());
        }
        let queue = self.heard(remote.queue().await)?;
        self.keep_overtime(queue.overtime).await?;
        self.keep_blind_percent(queue.blind_percent).await?;
        if self.store().compare_again(&queue.compare_again).await? {
            self.changed();
        }
        let before = self.state().waiting.replace((queue.waiting, now));
        if before.map(|(count, _)| count) != Some(queue.waiting) {
            self.changed();
        }
        Ok(())
    }
}

/// Why a round ends early.
pub(crate) enum Stop {
    Store(Error),
    /// Noted already; the next round comes.
    Backend(ClientError),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Store(error)
    }
}

impl From<store::StoreError> for Stop {
    fn from(error: store::StoreError) -> Stop {
        Stop::Store(error.into())
    }
}

impl From<ClientError> for Stop {
    fn from(error: ClientError) -> Stop {
        Stop::Backend(error)
    }
}
