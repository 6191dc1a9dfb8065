//! Applies a decision once: the decision itself, the submission's new state and the student's message are one
//! transaction, and the decision's id is the key of all three.

use crate::channel::Outgoing;
use crate::storage::submissions::Undecided;
use crate::storage::{Connection, Database, Dialect, StorageError, batches, decisions, messages, rules, submissions};
use chrono::{DateTime, Utc};
use domain::{Account, Decision, DecisionError, MessageCard, ReasonCatalogue, Role, SubmissionState};
use protocol::DecisionReceipt;

#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    #[error("a decision is sent by the reviewer who made it")]
    OfAnother,
    #[error("there is no such submission")]
    NoSubmission,
    #[error("another decision was sent under this id")]
    IdReused,
    #[error("the submission is no longer waiting for a decision")]
    AlreadyDecided,
    #[error("the lease has ended or is another's")]
    LeaseEnded,
    #[error("there is no such decision on this submission")]
    NothingToCorrect,
    #[error("only a supervisor corrects what another decided")]
    CorrectsAnother,
    #[error("the decision has been corrected already")]
    AlreadyCorrected,
    #[error("the student has handed in another photo since")]
    NewAttempt,
    #[error("the standard photo is made already, or the photo was withdrawn")]
    PastCorrection,
    #[error("the submission is not of that batch")]
    OtherBatch,
    #[error("the photo is not the one that was leased")]
    OtherPhoto,
    #[error("the reason catalogue {0} was never served here")]
    UnknownCatalogue(String),
    #[error(transparent)]
    Invalid(#[from] DecisionError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// # Errors
/// Every way in which the decision can't be applied; nothing has changed then.
pub async fn apply(
    database: &Database,
    by: &Account,
    decision: &Decision,
    now: DateTime<Utc>,
) -> Result<DecisionReceipt, DecideError> {
    if decision.reviewer != by.id {
        return Err(DecideError::OfAnother);
    }
    let mut tx = database.begin().await?;
    let outcome = apply_within(&mut tx, database.dialect(), by.role, decision, now).await;
    match &outcome {
        Ok(_) => tx.commit().await,
        // Left to itself it would let go of the submission a little later, and whoever takes leases meanwhile would
        // pass it over.
        Err(_) => tx.rollback().await,
    }
    .map_err(StorageError::from)?;
    outcome
}

async fn apply_within(
    tx: &mut Connection,
    dialect: Dialect,
    role: Role,
    decision: &Decision,
    now: DateTime<Utc>,
) -> Result<DecisionReceipt, DecideError> {
    if decision.corrects.is_some() {
        // Nobody hands in another photo while a decision is corrected.
        batches::lock(tx, dialect, &decision.batch).await?;
    }
    // The lock comes first: of two calls with the same decision the second waits and then finds it.
    let submission = submissions::lock(tx, dialect, decision.submission).await?;
    if let Some((known, received_at)) = decisions::find(tx, decision.id).await? {
        return if known == *decision {
            Ok(DecisionReceipt {
                decision: decision.id,
                applied_now: false,
                received_at,
            })
        } else {
            Err(DecideError::IdReused)
        };
    }
    let submission = submission.ok_or(DecideError::NoSubmission)?;
    if submission.batch != decision.batch {
        return Err(DecideError::OtherBatch);
    }
    let next_state = match decision.corrects {
        None => decided(&submission, decision, now)?,
        Some(_) => corrected(tx, role, &submission, decision).await?,
    };
    if submission.photo_sha256 != decision.photo_sha256 {
        return Err(DecideError::OtherPhoto);
    }
    // The catalogue that the reviewer chose from, which may not be the one that is served today.
    let version = &decision.pinned.reasons_version;
    let catalogue: ReasonCatalogue = rules::find(tx, version)
        .await?
        .ok_or_else(|| DecideError::UnknownCatalogue(version.chars().take(40).collect()))?;
    Decision::check(decision.verdict, &decision.reasons, &decision.note, &catalogue)?;

    if !decisions::add(tx, decision, now).await? {
        // taken since the look above, and so by a decision on another submission
        return Err(DecideError::IdReused);
    }
    submissions::set_decided(tx, decision.submission, next_state).await?;
    let card = MessageCard::compose(
        &submission.student_name,
        decision.verdict,
        &decision.reasons,
        &decision.note,
        decision.decided_at,
        &catalogue,
    );
    let card = match decision.corrects {
        None => card,
        Some(old) => {
            messages::withdraw(tx, old).await?;
            card.correcting()
        }
    };
    let message = Outgoing {
        decision: decision.id,
        student: submission.student,
        submission: decision.submission,
        card,
    };
    messages::add(tx, &message, now).await?;
    Ok(DecisionReceipt {
        decision: decision.id,
        applied_now: true,
        received_at: now,
    })
}

/// The state that a first decision leads to.
fn decided(submission: &Undecided, decision: &Decision, now: DateTime<Utc>) -> Result<SubmissionState, DecideError> {
    let next_state = submission
        .state
        .decide(decision.verdict)
        .map_err(|_| DecideError::AlreadyDecided)?;
    match submission.lease {
        Some((lease, holder, expires_at))
            if lease == decision.lease && holder == decision.reviewer && expires_at > now =>
        {
            Ok(next_state)
        }
        _ => Err(DecideError::LeaseEnded),
    }
}

/// The state that a correction leads to. No lease is wanted: the submission is in nobody's hand.
async fn corrected(
    tx: &mut Connection,
    role: Role,
    submission: &Undecided,
    decision: &Decision,
) -> Result<SubmissionState, DecideError> {
    let last = decisions::last_of(tx, decision.submission)
        .await?
        .ok_or(DecideError::NothingToCorrect)?;
    if Some(last.id) != decision.corrects {
        let known = decisions::is_of(tx, decision.corrects, decision.submission).await?;
        return Err(if known {
            DecideError::AlreadyCorrected
        } else {
            DecideError::NothingToCorrect
        });
    }
    if last.reviewer != decision.reviewer && role != Role::Supervisor {
        return Err(DecideError::CorrectsAnother);
    }
    if submissions::has_later_attempt(tx, decision.submission).await? {
        return Err(DecideError::NewAttempt);
    }
    let next_state = submission
        .state
        .correct(decision.verdict)
        .map_err(|_| DecideError::PastCorrection)?;
    last.check_correction(decision.verdict, &decision.reasons, &decision.note)?;
    Ok(next_state)
}
