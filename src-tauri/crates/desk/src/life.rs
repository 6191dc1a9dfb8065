//! What went before: a submission's whole life, finding it, and the photos of earlier attempts.

use crate::view::{AttemptView, FoundView, LifeView, PastDecision, PastMessage, SearchView};
use crate::{Desk, Error};
use client::{Attempt, FoundSubmission, History};
use domain::{Account, Decision, MessageCard, Role, Submission, SubmissionId, Verdict, mask_name};

/// Where the bytes of a photo that is not in hand are to be had.
#[derive(Clone)]
pub(crate) struct PastPhoto {
    pub(crate) sha256: String,
    pub(crate) bytes: u32,
}

/// One attempt of which a submission's life told.
#[derive(Clone)]
pub(crate) struct Past {
    pub(crate) submission: Submission,
    /// The decision that holds.
    pub(crate) decision: Option<Decision>,
}

impl Desk {
    /// Every attempt of the submission's student, oldest first, names masked.
    ///
    /// # Errors
    /// [`Error::Offline`], [`Error::NotAllowed`].
    pub async fn life(&self, submission: SubmissionId) -> Result<LifeView, Error> {
        let account = self.account()?;
        let remote = self.remote()?;
        let history = self.heard(remote.history(submission).await)?;
        {
            let mut state = self.state();
            for attempt in &history.attempts {
                let photo = PastPhoto {
                    sha256: attempt.photo_sha256.clone(),
                    bytes: attempt.photo_bytes,
                };
                state.past_photos.insert(attempt.submission, photo);
                state.past.insert(attempt.submission, past(&history, attempt));
            }
        }
        let last = history.attempts.len().saturating_sub(1);
        let attempts = history.attempts.into_iter().enumerate();
        Ok(LifeView {
            attempts: attempts.map(|(at, one)| attempt(one, at == last, &account)).collect(),
        })
    }

    /// Finds submissions by a part of a name (`*` stands for anything), a student number, the end of an ID number, or a
    /// batch's code.
    ///
    /// # Errors
    /// [`Error::Offline`].
    pub async fn search(&self, text: &str) -> Result<SearchView, Error> {
        let remote = self.remote()?;
        let found = self.heard(remote.search(text).await)?;
        Ok(SearchView {
            found: found.submissions.into_iter().map(found_view).collect(),
            more: found.more,
        })
    }

    /// A photo that [`Desk::life`] or [`Desk::photo`] named, from this desk or from the backend.
    pub(crate) async fn past_photo(&self, submission: SubmissionId) -> Result<Vec<u8>, Error> {
        let past = self.state().past_photos.get(&submission).cloned();
        let past = past.ok_or(Error::NotInHand)?;
        if let Some(bytes) = self.store().photo(&past.sha256).await? {
            return Ok(bytes);
        }
        let remote = self.remote()?;
        Ok(self.heard(remote.photo_of(submission, &past.sha256, past.bytes).await)?)
    }
}

fn past(history: &History, attempt: &Attempt) -> Past {
    Past {
        submission: Submission {
            id: attempt.submission,
            student: history.student.clone(),
            batch: history.batch.clone(),
            school: history.school.clone(),
            attempt: attempt.attempt,
            submitted_at: attempt.submitted_at,
            profile: history.profile.clone(),
            photo_sha256: attempt.photo_sha256.clone(),
            photo_bytes: attempt.photo_bytes,
        },
        decision: holding(attempt).cloned(),
    }
}

/// The decision that no other corrects.
fn holding(attempt: &Attempt) -> Option<&Decision> {
    let decisions = || attempt.decisions.iter().map(|received| &received.decision);
    decisions().find(|decision| decisions().all(|other| other.corrects != Some(decision.id)))
}

fn attempt(attempt: Attempt, last: bool, account: &Account) -> AttemptView {
    let open = last && attempt.state.correct(Verdict::Pass).is_ok();
    let correctable = holding(&attempt)
        .filter(|decision| open && may_correct(account, decision))
        .map(|decision| decision.id);
    AttemptView {
        submission: attempt.submission,
        attempt: attempt.attempt,
        state: attempt.state,
        submitted_at: attempt.submitted_at,
        decisions: attempt
            .decisions
            .into_iter()
            .map(|received| PastDecision {
                decision: received.decision.id,
                verdict: received.decision.verdict,
                reasons: received.decision.reasons,
                note: received.decision.note,
                reviewer_name: received.reviewer_name,
                decided_at: received.decision.decided_at,
                received_at: received.received_at,
                pinned: received.decision.pinned,
                corrects: received.decision.corrects,
                correctable: correctable == Some(received.decision.id),
            })
            .collect(),
        messages: attempt
            .messages
            .into_iter()
            .map(|message| PastMessage {
                card: MessageCard {
                    name: mask_name(&message.card.name),
                    ..message.card
                },
                sent_at: message.sent_at,
            })
            .collect(),
    }
}

/// Each one's own; a supervisor everybody's.
pub(crate) fn may_correct(account: &Account, decision: &Decision) -> bool {
    account.role == Role::Supervisor || account.id == decision.reviewer
}

fn found_view(found: FoundSubmission) -> FoundView {
    FoundView {
        submission: found.submission,
        masked_name: mask_name(&found.student.name),
        student_no: found.student.student_no,
        batch: found.batch,
        school: found.school,
        attempt: found.attempt,
        state: found.state,
        submitted_at: found.submitted_at,
    }
}
