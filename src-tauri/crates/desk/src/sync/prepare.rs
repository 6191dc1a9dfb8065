//! Photos come in, and are judged: the next to be shown first, two at a time. Trouble with one never stops the others.

use crate::background::in_background;
use crate::judge::{Judge, Unjudged};
use crate::state::{SignedIn, Trouble};
use crate::{Desk, Error};
use analyzer::report::Report;
use chrono::{DateTime, TimeDelta, Utc};
use client::{ClientError, Session, retry};
use domain::{Submission, SubmissionId};
use std::collections::HashSet;
use std::sync::Arc;
use store::{Held, Judged};
use tokio::task::JoinSet;

/// While one is judged the next is fetched.
const AT_ONCE: usize = 2;
/// Code of a photo at which the analyzer itself stopped.
const ANALYSIS_FAILED: &str = "analysis_failed";
/// Code of a photo that can be seen, but not judged until this desk knows its profile.
const UNKNOWN_PROFILE: &str = "unknown_profile";

/// What became of one photo.
enum Outcome {
    Ready,
    /// It will be tried again.
    Trouble,
    /// Nobody answered: the others would fare no better.
    Away,
}

impl Desk {
    /// Gets everything ready that is in hand.
    pub(crate) async fn prepare(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let signed_in = self.state().signed_in.clone();
        let (Some(SignedIn { account, remote, .. }), Some(judge)) = (signed_in, self.inner.judge.clone()) else {
            return Ok(());
        };
        let mut tried: HashSet<SubmissionId> = HashSet::new();
        let mut running: JoinSet<(SubmissionId, Result<Outcome, Error>)> = JoinSet::new();
        let mut away = false;
        loop {
            while running.len() < AT_ONCE && !away {
                let held = self.store().in_hand(account.id).await?;
                let Some(held) = held.into_iter().find(|held| self.wants(held, &tried, now)) else {
                    break;
                };
                let id = held.submission.id;
                tried.insert(id);
                let (desk, remote, judge) = (self.clone(), remote.clone(), judge.clone());
                running.spawn(async move { (id, desk.prepare_one(&held, remote.as_ref(), judge).await) });
            }
            let Some(joined) = running.join_next().await else {
                return Ok(());
            };
            let (id, outcome) = joined.map_err(|_| Error::Internal("making a photo ready stopped"))?;
            match outcome? {
                Outcome::Ready => {
                    self.state().troubles.remove(&id);
                    self.changed();
                }
                Outcome::Trouble => self.note_trouble(id, now),
                Outcome::Away => away = true,
            }
        }
    }

    fn wants(&self, held: &Held, tried: &HashSet<SubmissionId>, now: DateTime<Utc>) -> bool {
        let id = held.submission.id;
        self.is_unfinished(held)
            && held.lease.expires_at > now
            && !tried.contains(&id)
            && self.state().troubles.get(&id).is_none_or(|trouble| trouble.next <= now)
    }

    fn is_unfinished(&self, held: &Held) -> bool {
        match &held.judged {
            None => true,
            Some(Judged::Report { .. }) => held.same_shots.is_none() && self.is_online(),
            // A profile that was unknown may have come by now.
            Some(Judged::Unreadable(code)) => code == UNKNOWN_PROFILE,
        }
    }

    fn note_trouble(&self, id: SubmissionId, now: DateTime<Utc>) {
        let mut state = self.state();
        let attempts = state.troubles.get(&id).map_or(0, |trouble| trouble.attempts);
        let pause = TimeDelta::from_std(retry::pause(attempts)).unwrap_or(TimeDelta::MAX);
        state.troubles.insert(
            id,
            Trouble {
                attempts: attempts.saturating_add(1),
                next: now + pause,
            },
        );
    }

    async fn prepare_one(
        &self,
        held: &Held,
        remote: Option<&Session>,
        judge: Arc<dyn Judge>,
    ) -> Result<Outcome, Error> {
        let submission = &held.submission;
        let bytes = match (self.store().photo(&submission.photo_sha256).await?, remote) {
            (Some(bytes), _) => bytes,
            (None, None) => return Ok(Outcome::Away),
            (None, Some(remote)) => match self.heard(remote.photo(submission).await) {
                Ok(bytes) => {
                    self.store().keep_photo(&submission.photo_sha256, &bytes).await?;
                    bytes
                }
                Err(ClientError::Offline | ClientError::SignInAgain) => return Ok(Outcome::Away),
                Err(error) => {
                    tracing::warn!(submission = %submission.id, %error, "a photo could not be got");
                    return Ok(Outcome::Trouble);
                }
            },
        };
        let report = match self.known_report(held, judge.as_ref()).await? {
            Some(report) => Ok(report),
            None => self.judge_photo(Arc::clone(&judge), bytes.clone(), submission).await,
        };
        // What the stage shows of it is there before anybody asks; what can't be made now is made when somebody does.
        let _ = self.screen_bytes(submission.id).await;
        let unreadable = match report {
            Ok(report) => return self.compared(submission, &bytes, report, remote, judge.as_ref()).await,
            Err(unreadable) => unreadable,
        };
        let judged = Judged::Unreadable(unreadable.to_owned());
        self.store().judged(submission.id, &judged).await?;
        if unreadable == UNKNOWN_PROFILE {
            let profile = &submission.profile;
            tracing::warn!(submission = %submission.id, %profile, "no such profile: this desk needs its file or an update");
            self.changed();
            return Ok(Outcome::Trouble);
        }
        Ok(Outcome::Ready)
    }

    /// The report of a photo that only waits to be compared, where another would say the same.
    async fn known_report(&self, held: &Held, judge: &dyn Judge) -> Result<Option<Report>, Error> {
        let Some(Judged::Report { sha256, .. }) = held.judged else {
            return Ok(None);
        };
        let profile = judge
            .profile(&held.submission.profile)
            .map(|profile| profile.reference());
        let report = self.store().report(sha256).await?;
        Ok(report.filter(|report| {
            report.analyzer_version == analyzer::VERSION
                && Some(&report.profile) == profile.as_ref()
                && report.photo_sha256 == held.submission.photo_sha256
        }))
    }

    /// Judges a photo on a thread of its own. What can't be judged is told by its code.
    pub(crate) async fn judge_photo(
        &self,
        judge: Arc<dyn Judge>,
        bytes: Vec<u8>,
        submission: &Submission,
    ) -> Result<Report, &'static str> {
        let profile = submission.profile.clone();
        match in_background("judging a photo", move || judge.judge(&bytes, &profile)).await {
            Ok(Ok(report)) => Ok(report),
            Ok(Err(Unjudged::Unreadable(code))) => Err(code),
            Ok(Err(Unjudged::UnknownProfile)) => Err(UNKNOWN_PROFILE),
            Err(_) => {
                tracing::error!(submission = %submission.id, "the analyzer stopped at a photo");
                Err(ANALYSIS_FAILED)
            }
        }
    }

    /// Ready as soon as it is judged; what nobody could compare yet is made ready once more when the backend is back.
    async fn compared(
        &self,
        submission: &Submission,
        photo: &[u8],
        mut report: Report,
        remote: Option<&Session>,
        judge: &dyn Judge,
    ) -> Result<Outcome, Error> {
        let matches = self.compare_shot(submission, photo, &mut report, remote, judge).await?;
        let judged = Judged::Report {
            sha256: self.store().keep_report(&report).await?,
            machine: report.verdict(),
        };
        self.store().judged(submission.id, &judged).await?;
        match matches {
            Some(matches) => self.store().keep_same_shots(submission.id, &matches).await?,
            // It answers, but not this.
            None if self.is_online() => {
                self.changed();
                return Ok(Outcome::Trouble);
            }
            None => {}
        }
        Ok(Outcome::Ready)
    }
}
