//! One photo with its checks.

use crate::queue::deadline;
use crate::view::PhotoView;
use crate::{Desk, Error};
use analyzer::report::Report;
use domain::{ReasonCode, SubmissionId, mask_id_number, mask_name};
use store::{Held, Judged, Place};

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
            report,
            unreadable,
        })
    }

    /// The very bytes that were uploaded.
    ///
    /// # Errors
    /// As [`Desk::photo`].
    pub async fn photo_bytes(&self, submission: SubmissionId) -> Result<Vec<u8>, Error> {
        let held = self.held(submission).await?;
        self.store()
            .photo(&held.submission.photo_sha256)
            .await?
            .ok_or(Error::NotReady)
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

pub(crate) fn suggested(report: &Report) -> Vec<ReasonCode> {
    report
        .suggested_reasons()
        .into_iter()
        .map(|code| ReasonCode(code.to_owned()))
        .collect()
}
