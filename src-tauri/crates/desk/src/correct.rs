//! Correcting what was sent: a new decision takes the place of the old one, which stays, and the student is told again.

use crate::decide::{decided, masked_message};
use crate::life::{Past, may_correct};
use crate::view::DecisionView;
use crate::{Desk, Error};
use client::{BackendCode, Session, code_name};
use domain::{Decision, DecisionId, Lease, MessageCard, ReasonCode, Submission, Verdict};
use store::{Held, Judged, Place};

impl Desk {
    /// The words that the student would get, with the name masked, of a decision that [`Desk::life`] named.
    ///
    /// # Errors
    /// [`Error::UnknownDecision`], [`Error::NotReady`].
    pub async fn preview_correction(
        &self,
        decision: DecisionId,
        verdict: Verdict,
        reasons: &[ReasonCode],
        note: &str,
    ) -> Result<MessageCard, Error> {
        let (submission, _) = self.sent_decision(decision)?;
        let catalogue = self.reasons().await?;
        let note = note.trim();
        Ok(masked_message(&submission.student, verdict, reasons, note, self.now(), &catalogue).correcting())
    }

    /// Takes the place of a decision that [`Desk::life`] named: one's own, or anybody's for a supervisor. Wants the
    /// backend, which alone knows whether it is too late; what it refuses is told at once.
    ///
    /// # Errors
    /// [`Error::AlreadyCorrected`], [`Error::NewAttempt`], [`Error::PastCorrection`], [`Error::NotAllowed`],
    /// [`Error::Offline`], or what is wrong with reasons or note.
    pub async fn correct_decision(
        &self,
        decision: DecisionId,
        verdict: Verdict,
        reasons: &[ReasonCode],
        note: &str,
    ) -> Result<DecisionView, Error> {
        let account = self.account()?;
        let remote = self.remote()?;
        let (now, note) = (self.now(), note.trim());
        let (submission, old) = self.sent_decision(decision)?;
        if !may_correct(&account, &old) {
            return Err(Error::NotAllowed);
        }
        let rules = self.store().rules().await?.ok_or(Error::NotReady)?;
        self.check_hours(&rules, now).await?;
        Decision::check(verdict, reasons, note, &rules.reasons)?;
        old.check_correction(verdict, reasons, note)?;
        let judged = self.judged_before(&submission).await?;
        if verdict == Verdict::Pass && matches!(judged, Judged::Unreadable(_)) {
            return Err(Error::UnreadablePhoto);
        }
        let held = Held {
            lease: Lease {
                id: old.lease,
                submission: submission.id,
                expires_at: now,
            },
            reviewer: account.id,
            place: Place::Decided,
            judged: Some(judged.clone()),
            question: None,
            same_shots: None,
            submission,
        };
        let new = Decision {
            id: DecisionId::new(),
            submission: held.submission.id,
            batch: held.submission.batch.clone(),
            lease: old.lease,
            reviewer: account.id,
            verdict,
            reasons: reasons.to_vec(),
            note: note.to_owned(),
            decided_at: now,
            photo_sha256: held.submission.photo_sha256.clone(),
            pinned: self.pinned(&held, &judged, &rules).await?,
            look: None,
            corrects: Some(old.id),
        };
        let id = new.id;
        self.store().correct(&decided(new, &held, judged), &held).await?;
        self.changed();
        self.send_correction(&remote, id).await?;
        let student = &held.submission.student;
        Ok(DecisionView {
            decision: id,
            submission: held.submission.id,
            verdict,
            held_until: now,
            message: masked_message(student, verdict, reasons, note, now, &rules.reasons).correcting(),
        })
    }

    fn sent_decision(&self, decision: DecisionId) -> Result<(Submission, Decision), Error> {
        let state = self.state();
        let of = |past: &Past| Some((past.submission.clone(), past.decision.clone()?));
        let mut known = state.past.values().filter_map(of);
        known.find(|(_, old)| old.id == decision).ok_or(Error::UnknownDecision)
    }

    /// What the analyzer makes of the photo; it is judged here where another desk did so before.
    async fn judged_before(&self, submission: &Submission) -> Result<Judged, Error> {
        let here = self.store().has_photo(&submission.photo_sha256).await?;
        let known = self.store().submission(submission.id).await?;
        if let Some(judged) = known.and_then(|held| held.judged).filter(|_| here) {
            return Ok(judged);
        }
        let judge = self.inner.judge.clone().ok_or(Error::NotReady)?;
        let bytes = self.past_photo(submission.id).await?;
        self.store().keep_photo(&submission.photo_sha256, &bytes).await?;
        Ok(match self.judge_photo(judge, bytes, submission).await {
            Ok(report) => Judged::Report {
                sha256: self.store().keep_report(&report).await?,
                machine: report.verdict(),
            },
            Err(unreadable) => Judged::Unreadable(unreadable.to_owned()),
        })
    }

    /// Sends it at once, so that whoever corrects hears whether it holds. Where the backend is away it goes out later.
    async fn send_correction(&self, remote: &Session, id: DecisionId) -> Result<(), Error> {
        let account = self.account()?;
        {
            let _one_at_a_time = self.inner.exchange.lock().await;
            self.deliver(remote, self.now()).await?;
        }
        let refused = self.store().refusals(account.id).await?;
        let Some(refusal) = refused.into_iter().find(|refusal| refusal.decision.id == id) else {
            return Ok(());
        };
        // It is told here and now; the list is for those that nobody waited for.
        self.store().acknowledge(id, self.now()).await?;
        self.changed();
        let codes = [
            (BackendCode::AlreadyCorrected, Error::AlreadyCorrected),
            (BackendCode::NewAttempt, Error::NewAttempt),
            (BackendCode::PastCorrection, Error::PastCorrection),
        ];
        let told = codes.into_iter().find(|(code, _)| code_name(*code) == refusal.code);
        Err(told.map_or(Error::NotAllowed, |(_, error)| error))
    }
}
