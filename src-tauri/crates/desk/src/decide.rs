//! Passing, rejecting, taking back. A decision is on disk before the answer is given.

use crate::view::DecisionView;
use crate::{Desk, Error};
use audit::Decided;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Decision, DecisionId, Look, MessageCard, Pinned, ReasonCatalogue, ReasonCode, Student, SubmissionId, Verdict,
    mask_name,
};
use store::{Held, Judged, Place};

impl Desk {
    /// The rejection reasons as the backend last served them.
    ///
    /// # Errors
    /// [`Error::NotReady`] where it never did.
    pub async fn reasons(&self) -> Result<ReasonCatalogue, Error> {
        Ok(self.store().rules().await?.ok_or(Error::NotReady)?.reasons)
    }

    /// The words that the student would get, with the name masked.
    ///
    /// # Errors
    /// [`Error::NotInHand`], [`Error::NotReady`].
    pub async fn preview_message(
        &self,
        submission: SubmissionId,
        verdict: Verdict,
        reasons: &[ReasonCode],
        note: &str,
    ) -> Result<MessageCard, Error> {
        let account = self.account()?;
        let held = self
            .store()
            .submission(submission)
            .await?
            .filter(|held| held.reviewer == account.id)
            .ok_or(Error::NotInHand)?;
        let catalogue = self.reasons().await?;
        Ok(masked_message(
            &held.submission.student,
            verdict,
            reasons,
            note.trim(),
            self.now(),
            &catalogue,
        ))
    }

    /// # Errors
    /// [`Error::NotInHand`], [`Error::NotReady`], [`Error::Closed`], [`Error::LeaseEnded`], [`Error::UnreadablePhoto`].
    pub async fn pass_photo(&self, submission: SubmissionId, look: Option<Look>) -> Result<DecisionView, Error> {
        self.decide(submission, Verdict::Pass, &[], "", look).await
    }

    /// # Errors
    /// [`Error::NotInHand`], [`Error::NotReady`], [`Error::LeaseEnded`], or what is wrong with reasons or note.
    pub async fn reject_photo(
        &self,
        submission: SubmissionId,
        reasons: &[ReasonCode],
        note: &str,
        look: Option<Look>,
    ) -> Result<DecisionView, Error> {
        self.decide(submission, Verdict::Reject, reasons, note.trim(), look)
            .await
    }

    /// Takes a decision back within its hold; the submission that is in hand again.
    ///
    /// # Errors
    /// [`Error::HoldOver`] where it is too late.
    pub async fn undo_decision(&self, decision: DecisionId) -> Result<SubmissionId, Error> {
        let account = self.account()?;
        let submission = self.store().undo(decision, account.id, self.now()).await?;
        self.changed();
        Ok(submission)
    }

    /// The refusal was seen: it leaves the list.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`], or what the disk says.
    pub async fn acknowledge_refusal(&self, decision: DecisionId) -> Result<(), Error> {
        self.account()?;
        self.store().acknowledge(decision, self.now()).await?;
        self.changed();
        Ok(())
    }

    async fn decide(
        &self,
        submission: SubmissionId,
        verdict: Verdict,
        reasons: &[ReasonCode],
        note: &str,
        look: Option<Look>,
    ) -> Result<DecisionView, Error> {
        let account = self.account()?;
        let now = self.now();
        // The next photo waits for this: what can be read side by side is.
        let (held, rules, settings) = tokio::try_join!(
            async { Ok(self.store().submission(submission).await?) },
            async { Ok(self.store().rules().await?) },
            self.settings(),
        )?;
        let held = held
            .filter(|held| held.reviewer == account.id && held.place == Place::InHand)
            .ok_or(Error::NotInHand)?;
        let judged = held.judged.clone().ok_or(Error::NotReady)?;
        let rules = rules.ok_or(Error::NotReady)?;
        let (here, pinned) = tokio::try_join!(
            async { Ok(self.store().has_photo(&held.submission.photo_sha256).await?) },
            self.pinned(&held, &judged, &rules),
        )?;
        if !here {
            return Err(Error::NotReady);
        }
        self.check_hours(&rules, now).await?;
        if held.lease.expires_at <= now {
            return Err(Error::LeaseEnded);
        }
        Decision::check(verdict, reasons, note, &rules.reasons)?;
        if verdict == Verdict::Pass && matches!(judged, Judged::Unreadable(_)) {
            return Err(Error::UnreadablePhoto);
        }
        let decision = Decision {
            id: DecisionId::new(),
            submission,
            batch: held.submission.batch.clone(),
            lease: held.lease.id,
            reviewer: account.id,
            verdict,
            reasons: reasons.to_vec(),
            note: note.to_owned(),
            decided_at: now,
            photo_sha256: held.submission.photo_sha256.clone(),
            pinned,
            look,
            corrects: None,
        };
        let id = decision.id;
        let held_until = now + TimeDelta::seconds(settings.hold_s.into());
        self.store()
            .decide(&decided(decision, &held, judged), held_until)
            .await?;
        self.inner.wake_exchange.notify_one();
        self.changed();
        let message = masked_message(&held.submission.student, verdict, reasons, note, now, &rules.reasons);
        Ok(DecisionView {
            decision: id,
            submission,
            verdict,
            held_until,
            message,
        })
    }

    /// Where the calendar has no data nobody is kept from working.
    pub(crate) async fn check_hours(&self, rules: &store::StoredRules, now: DateTime<Utc>) -> Result<(), Error> {
        if rules.calendar.is_open(now).is_ok_and(|open| !open) && !self.overtime().await? {
            return Err(Error::Closed);
        }
        Ok(())
    }

    /// The versions of everything that the decision rests on.
    pub(crate) async fn pinned(
        &self,
        held: &Held,
        judged: &Judged,
        rules: &store::StoredRules,
    ) -> Result<Pinned, Error> {
        let (profile, profile_version, analyzer_version) = match judged {
            Judged::Report { sha256, .. } => {
                let report = self
                    .store()
                    .report(*sha256)
                    .await?
                    .ok_or(Error::Internal("a report is missing"))?;
                (report.profile.code, report.profile.version, report.analyzer_version)
            }
            // Nothing was measured, so no version of the profile was applied. Analyzer and desk are of one version.
            Judged::Unreadable(_) => (
                held.submission.profile.clone(),
                String::new(),
                env!("CARGO_PKG_VERSION").to_owned(),
            ),
        };
        Ok(Pinned {
            profile,
            profile_version,
            analyzer_version,
            reasons_version: rules.reasons.version.clone(),
            calendar_version: rules.calendar.version.clone(),
        })
    }
}

/// What goes into the audit chain: nothing of the person but the masked name.
pub(crate) fn decided(decision: Decision, held: &Held, judged: Judged) -> Decided {
    let (report_sha256, unreadable) = match judged {
        Judged::Report { sha256, .. } => (Some(sha256), None),
        Judged::Unreadable(code) => (None, Some(code)),
    };
    Decided {
        decision,
        masked_name: mask_name(&held.submission.student.name),
        school: held.submission.school.clone(),
        attempt: held.submission.attempt,
        submitted_at: held.submission.submitted_at,
        report_sha256,
        unreadable,
        same_shots: held.same_shots.iter().flatten().map(|one| one.submission).collect(),
    }
}

pub(crate) fn masked_message(
    student: &Student,
    verdict: Verdict,
    reasons: &[ReasonCode],
    note: &str,
    at: DateTime<Utc>,
    catalogue: &ReasonCatalogue,
) -> MessageCard {
    MessageCard::compose(&mask_name(&student.name), verdict, reasons, note, at, catalogue)
}
