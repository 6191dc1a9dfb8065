//! One photo with its checks.

use crate::background::in_background;
use crate::life::PastPhoto;
use crate::queue::deadline;
use crate::view::{PhotoView, SameShotView};
use crate::{Desk, Error};
use analyzer::rendition;
use analyzer::report::Report;
use domain::{ReasonCode, ShotMatch, SubmissionId, mask_id_number, mask_name};
use std::sync::Arc;
use store::{Held, Judged, Place};

/// Longer side of what is shown at once, in pixels: more than a stage on a large screen has.
pub const SCREEN_PX: u32 = 1600;

impl Desk {
    /// # Errors
    /// [`Error::NotInHand`], or [`Error::NotReady`] while photo or report are on their way.
    pub async fn photo(&self, submission: SubmissionId) -> Result<PhotoView, Error> {
        let held = self.held(submission).await?;
        let calendar = self.store().rules().await?.map(|rules| rules.calendar);
        let (report, unreadable) = match held.judged {
            None => return Err(Error::NotReady),
            Some(Judged::Unreadable(code)) => (None, Some(code)),
            Some(Judged::Report { sha256, .. }) => {
                let report = self
                    .store()
                    .report(sha256)
                    .await?
                    .ok_or(Error::Internal("a report is missing"))?;
                (Some(report), None)
            }
        };
        let submission = held.submission;
        let same_shots = held.same_shots.map(|all| self.told_of(all));
        Ok(PhotoView {
            submission: submission.id,
            masked_name: mask_name(&submission.student.name),
            masked_id_number: mask_id_number(&submission.student.id_number),
            student_no: submission.student.student_no,
            school: submission.school,
            batch: submission.batch,
            attempt: submission.attempt,
            submitted_at: submission.submitted_at,
            deadline: deadline(calendar.as_ref(), submission.submitted_at),
            suggested: report.as_ref().map(suggested).unwrap_or_default(),
            blind: report.is_some() && is_blind(submission.id, self.blind_percent().await?),
            report,
            unreadable,
            question: held.question,
            same_shots,
        })
    }

    /// A photo to look at: that of [`Desk::photo_bytes`], but where that has many more pixels than a screen, a copy of a
    /// screen's size.
    ///
    /// # Errors
    /// As [`Desk::photo`].
    pub async fn screen_bytes(&self, submission: SubmissionId) -> Result<Arc<Vec<u8>>, Error> {
        let sha256 = match self.held(submission).await {
            Ok(held) => held.submission.photo_sha256,
            Err(_) => return self.photo_bytes(submission).await,
        };
        if let Some(bytes) = self.state().encoded.get(&sha256) {
            return Ok(bytes);
        }
        let whole = self.store().photo(&sha256).await?.ok_or(Error::NotReady)?;
        let shown = in_background("making a photo smaller", move || {
            rendition(&whole, SCREEN_PX).unwrap_or(whole)
        });
        let bytes = Arc::new(shown.await?);
        self.state().encoded.keep(&sha256, Arc::clone(&bytes));
        Ok(bytes)
    }

    /// The very bytes that were uploaded, of what is in hand or was decided here, and of what [`Desk::life`] or
    /// [`Desk::photo`] named.
    ///
    /// # Errors
    /// As [`Desk::photo`].
    pub async fn photo_bytes(&self, submission: SubmissionId) -> Result<Arc<Vec<u8>>, Error> {
        let sha256 = match self.held(submission).await {
            Ok(held) => held.submission.photo_sha256,
            Err(Error::NotInHand) => return Ok(Arc::new(self.past_photo(submission).await?)),
            Err(error) => return Err(error),
        };
        Ok(Arc::new(self.store().photo(&sha256).await?.ok_or(Error::NotReady)?))
    }

    /// Their photos may be asked for from now on.
    fn told_of(&self, same_shots: Vec<ShotMatch>) -> Vec<SameShotView> {
        let mut state = self.state();
        let told = same_shots.into_iter().map(|one| {
            let photo = PastPhoto {
                sha256: one.photo_sha256,
                bytes: one.photo_bytes,
            };
            state.past_photos.insert(one.submission, photo);
            SameShotView {
                submission: one.submission,
                masked_name: one.masked_name,
                same_person: one.same_person,
                batch: one.batch,
                school: one.school,
                attempt: one.attempt,
                state: one.state,
                submitted_at: one.submitted_at,
                verdict: one.verdict,
                moved_percent: one.moved_percent,
                eyes: one.eyes,
            }
        });
        told.collect()
    }

    /// In the hand of whoever is signed in, or decided by that person.
    async fn held(&self, submission: SubmissionId) -> Result<Held, Error> {
        let account = self.account()?;
        self.store()
            .submission(submission)
            .await?
            .filter(|held| held.reviewer == account.id && held.place != Place::Gone)
            .ok_or(Error::NotInHand)
    }
}

/// Whether the submission belongs to the sample: by its own identity, so that it is the same at every look.
pub(crate) fn is_blind(submission: SubmissionId, percent: u32) -> bool {
    // The end of a version 7 UUID is random.
    let text = submission.to_string();
    let random = text
        .get(text.len().saturating_sub(6)..)
        .and_then(|end| u32::from_str_radix(end, 16).ok());
    random.is_some_and(|number| number % 100 < percent)
}

pub(crate) fn suggested(report: &Report) -> Vec<ReasonCode> {
    report
        .suggested_reasons()
        .into_iter()
        .map(|code| ReasonCode(code.to_owned()))
        .collect()
}
