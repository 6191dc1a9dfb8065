//! Giving a photo back undecided: to another reviewer, or to a supervisor with a question.

use crate::{Desk, Error};
use client::{BackendCode, ClientError, NOTE_MAX_CHARS};
use domain::{AsideKind, SubmissionId};
use store::Place;

impl Desk {
    /// Wants the backend: who else should decide it is not known here.
    ///
    /// # Errors
    /// [`Error::NotInHand`], [`Error::NoQuestion`], [`Error::LongNote`], [`Error::Offline`].
    pub async fn set_aside(&self, submission: SubmissionId, kind: AsideKind, note: &str) -> Result<(), Error> {
        let account = self.account()?;
        let note = note.trim();
        let got = note.chars().count();
        if got > NOTE_MAX_CHARS {
            return Err(Error::LongNote {
                got,
                max: NOTE_MAX_CHARS,
            });
        }
        if kind == AsideKind::Ask && note.is_empty() {
            return Err(Error::NoQuestion);
        }
        let held = self
            .store()
            .submission(submission)
            .await?
            .filter(|held| held.reviewer == account.id && held.place == Place::InHand)
            .ok_or(Error::NotInHand)?;
        let remote = self.remote()?;
        match self.heard(remote.set_aside(held.lease.id, kind, note).await) {
            // Or an earlier call arrived whose answer did not.
            Ok(())
            | Err(ClientError::Conflict {
                code: BackendCode::LeaseEnded,
            }) => {}
            Err(error) => return Err(error.into()),
        }
        self.store().lost(&[held.lease.id]).await?;
        self.inner.wake_exchange.notify_one();
        self.changed();
        Ok(())
    }
}
