//! A submission, the student it belongs to, its states, and the lease that gives one desk the right to decide it.

use crate::{BatchCode, LeaseId, StudentId, SubmissionId, Verdict};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

/// The states of the collection process that a submission can be in once its photo is uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// 人工审核
    PendingReview,
    /// 撤回审核
    Withdrawn,
    /// 审核不通过
    Rejected,
    /// 标准照片制作
    Standardising,
    /// 标准照片确认
    AwaitingConfirmation,
    /// 完成
    Completed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a submission in state {from:?} can't be decided")]
pub struct TransitionError {
    pub from: SubmissionState,
}

impl SubmissionState {
    const ALL: [SubmissionState; 6] = [
        SubmissionState::PendingReview,
        SubmissionState::Withdrawn,
        SubmissionState::Rejected,
        SubmissionState::Standardising,
        SubmissionState::AwaitingConfirmation,
        SubmissionState::Completed,
    ];

    /// The state that a verdict leads to.
    ///
    /// # Errors
    /// Only what is pending review can be decided.
    pub fn decide(self, verdict: Verdict) -> Result<SubmissionState, TransitionError> {
        match (self, verdict) {
            (SubmissionState::PendingReview, Verdict::Pass) => Ok(SubmissionState::Standardising),
            (SubmissionState::PendingReview, Verdict::Reject) => Ok(SubmissionState::Rejected),
            (from, _) => Err(TransitionError { from }),
        }
    }

    /// The state that a correction leads to.
    ///
    /// # Errors
    /// Only what is decided and not yet made into a standard photo can be corrected.
    pub fn correct(self, verdict: Verdict) -> Result<SubmissionState, TransitionError> {
        match self {
            SubmissionState::Rejected | SubmissionState::Standardising => {
                SubmissionState::PendingReview.decide(verdict)
            }
            from => Err(TransitionError { from }),
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            SubmissionState::PendingReview => "pending_review",
            SubmissionState::Withdrawn => "withdrawn",
            SubmissionState::Rejected => "rejected",
            SubmissionState::Standardising => "standardising",
            SubmissionState::AwaitingConfirmation => "awaiting_confirmation",
            SubmissionState::Completed => "completed",
        }
    }

    pub fn parse(text: &str) -> Option<SubmissionState> {
        SubmissionState::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// The person in the photo. Personal data: never logged, masked on screen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct Student {
    pub id: StudentId,
    pub name: String,
    pub id_number: String,
    pub student_no: String,
}

/// Shows nothing of the person, so that a student can't reach a log by accident.
impl std::fmt::Debug for Student {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Student").field("id", &self.id).finish_non_exhaustive()
    }
}

/// One attempt, as the desk gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct Submission {
    pub id: SubmissionId,
    pub student: Student,
    pub batch: BatchCode,
    pub school: String,
    /// 1 for the first upload, 2 for the first 重新采集, …
    pub attempt: u32,
    /// When the student handed it in.
    pub submitted_at: DateTime<Utc>,
    /// The photo profile of the batch, such as `chsi-2017`.
    pub profile: String,
    /// SHA-256 of the photo's bytes, lower-case hexadecimal.
    pub photo_sha256: String,
    pub photo_bytes: u32,
}

/// The right to decide one submission: one reviewer, until a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct Lease {
    pub id: LeaseId,
    pub submission: SubmissionId,
    pub expires_at: DateTime<Utc>,
}

/// What a reviewer asks a supervisor about a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct Question {
    /// The reviewer's display name.
    pub asked_by: String,
    pub asked_at: DateTime<Utc>,
    pub note: String,
}

/// Why a submission is given back undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AsideKind {
    /// Another reviewer decides it.
    Skip,
    /// A supervisor decides it.
    Ask,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_pending_submission_can_be_decided() {
        for state in SubmissionState::ALL {
            let passed = state.decide(Verdict::Pass);
            let rejected = state.decide(Verdict::Reject);
            if state == SubmissionState::PendingReview {
                assert_eq!(passed, Ok(SubmissionState::Standardising));
                assert_eq!(rejected, Ok(SubmissionState::Rejected));
            } else {
                assert_eq!(passed, Err(TransitionError { from: state }));
                assert_eq!(rejected, Err(TransitionError { from: state }));
            }
        }
    }

    #[test]
    fn what_was_decided_can_be_corrected_until_the_standard_photo_is_there() {
        for state in SubmissionState::ALL {
            let corrected = [Verdict::Pass, Verdict::Reject].map(|verdict| state.correct(verdict));
            if matches!(state, SubmissionState::Rejected | SubmissionState::Standardising) {
                assert_eq!(
                    corrected,
                    [Ok(SubmissionState::Standardising), Ok(SubmissionState::Rejected)]
                );
            } else {
                assert_eq!(corrected, [Err(TransitionError { from: state }); 2]);
            }
        }
    }

    #[test]
    fn a_state_survives_its_name() {
        for state in SubmissionState::ALL {
            assert_eq!(SubmissionState::parse(state.as_str()), Some(state));
        }
    }

    #[test]
    fn a_student_in_a_log_line_is_nobody() {
        let student = Student {
            id: StudentId::new(),
            name: "鲍奕辰".into(),
            id_number: "990101200301012345".into(),
            student_no: "202311110001".into(),
        };
        let line = format!("{student:?}");
        for secret in ["鲍奕辰", "990101200301012345", "202311110001"] {
            assert!(!line.contains(secret));
        }
    }
}
