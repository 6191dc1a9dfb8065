//! A decision: what one keystroke means, with everything it was made under.

use crate::{BatchCode, DecisionId, LeaseId, ReasonCatalogue, ReasonCode, ReviewerId, SubmissionId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Pass,
    Reject,
}

impl Verdict {
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Reject => "reject",
        }
    }

    pub fn parse(text: &str) -> Option<Verdict> {
        [Verdict::Pass, Verdict::Reject]
            .into_iter()
            .find(|verdict| verdict.as_str() == text)
    }
}

/// The versions of everything a decision rests on, so that it can be explained a year later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct Pinned {
    /// Profile code and version, such as `chsi-2017` `1`.
    pub profile: String,
    pub profile_version: String,
    pub analyzer_version: String,
    pub reasons_version: String,
    pub calendar_version: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct Decision {
    /// UUIDv7; the idempotency key of everything that follows from it.
    pub id: DecisionId,
    pub submission: SubmissionId,
    pub batch: BatchCode,
    /// The lease it was made under; for a correction, that of the decision it corrects.
    pub lease: LeaseId,
    pub reviewer: ReviewerId,
    pub verdict: Verdict,
    /// Empty for a pass, at least one for a rejection, each once, in the reviewer's order.
    pub reasons: Vec<ReasonCode>,
    /// What the reviewer adds in own words; may be empty.
    pub note: String,
    pub decided_at: DateTime<Utc>,
    /// SHA-256 of the very bytes that were on the screen.
    pub photo_sha256: String,
    pub pinned: Pinned,
    /// How the reviewer came to it; absent where nobody measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<Look>,
    /// The sent decision that this one takes the place of; absent: the first on its submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<DecisionId>,
}

/// How a decision was come to: it tells of the desk's pace and of the machine's pull, never of the student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct Look {
    /// From the photo being wholly on the screen to the deciding key, in milliseconds.
    pub shown_ms: u32,
    /// Where the machine's verdict was hidden at first: what the reviewer chose before seeing it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blind_first: Option<Verdict>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    #[error("a rejection needs at least one reason")]
    NoReason,
    #[error("a pass carries no reasons")]
    ReasonsOnPass,
    #[error("the reason {0} is named twice")]
    RepeatedReason(ReasonCode),
    #[error("the reason catalogue does not know {0}")]
    UnknownReason(ReasonCode),
    #[error("a note holds at most {max} characters, this one has {got}")]
    LongNote { got: usize, max: usize },
    #[error("a correction says why")]
    NoNote,
    #[error("a correction changes something")]
    NothingCorrected,
}

impl Decision {
    /// The longest note, in characters.
    pub const NOTE_MAX_CHARS: usize = 200;

    /// Whether verdict, reasons and note belong together.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn check(
        verdict: Verdict,
        reasons: &[ReasonCode],
        note: &str,
        catalogue: &ReasonCatalogue,
    ) -> Result<(), DecisionError> {
        match verdict {
            Verdict::Reject if reasons.is_empty() => return Err(DecisionError::NoReason),
            Verdict::Pass if !reasons.is_empty() => return Err(DecisionError::ReasonsOnPass),
            _ => {}
        }
        for (at, code) in reasons.iter().enumerate() {
            if reasons[..at].contains(code) {
                return Err(DecisionError::RepeatedReason(code.clone()));
            }
            if catalogue.get(code).is_none() {
                return Err(DecisionError::UnknownReason(code.clone()));
            }
        }
        let got = note.chars().count();
        if got > Self::NOTE_MAX_CHARS {
            return Err(DecisionError::LongNote {
                got,
                max: Self::NOTE_MAX_CHARS,
            });
        }
        Ok(())
    }

    /// Whether these may take the place of what was decided and sent.
    ///
    /// # Errors
    /// [`DecisionError::NoNote`], [`DecisionError::NothingCorrected`].
    pub fn check_correction(&self, verdict: Verdict, reasons: &[ReasonCode], note: &str) -> Result<(), DecisionError> {
        if note.trim().is_empty() {
            return Err(DecisionError::NoNote);
        }
        if (self.verdict, self.reasons.as_slice(), self.note.as_str()) == (verdict, reasons, note) {
            return Err(DecisionError::NothingCorrected);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::tests::two_reasons;

    #[test]
    fn a_verdict_and_its_reasons_belong_together() {
        let catalogue = two_reasons();
        let code = |text: &str| ReasonCode(text.to_owned());
        let check = |verdict, reasons: &[ReasonCode], note: &str| Decision::check(verdict, reasons, note, &catalogue);

        assert_eq!(check(Verdict::Pass, &[], ""), Ok(()));
        assert_eq!(
            check(Verdict::Reject, &[code("eyes_closed"), code("not_sharp")], "请重拍"),
            Ok(())
        );
        assert_eq!(check(Verdict::Reject, &[], ""), Err(DecisionError::NoReason));
        assert_eq!(
            check(Verdict::Pass, &[code("eyes_closed")], ""),
            Err(DecisionError::ReasonsOnPass)
        );
        assert_eq!(
            check(Verdict::Reject, &[code("eyes_closed"), code("eyes_closed")], ""),
            Err(DecisionError::RepeatedReason(code("eyes_closed")))
        );
        assert_eq!(
            check(Verdict::Reject, &[code("too_handsome")], ""),
            Err(DecisionError::UnknownReason(code("too_handsome")))
        );
        assert_eq!(
            check(Verdict::Pass, &[], &"字".repeat(201)),
            Err(DecisionError::LongNote { got: 201, max: 200 })
        );
    }

    #[test]
    fn a_correction_says_why_and_changes_something() {
        let closed = [ReasonCode("eyes_closed".to_owned())];
        let old = Decision {
            id: DecisionId::new(),
            submission: SubmissionId::new(),
            batch: BatchCode("B1".into()),
            lease: LeaseId::new(),
            reviewer: ReviewerId::new(),
            verdict: Verdict::Reject,
            reasons: closed.to_vec(),
            note: "请睁眼".into(),
            decided_at: "2026-11-24T02:00:00Z".parse().unwrap(),
            photo_sha256: String::new(),
            pinned: Pinned {
                profile: "chsi-2017".into(),
                profile_version: "1".into(),
                analyzer_version: "1".into(),
                reasons_version: "1".into(),
                calendar_version: "1".into(),
            },
            look: None,
            corrects: None,
        };
        let check = |verdict, reasons: &[ReasonCode], note: &str| old.check_correction(verdict, reasons, note);
        assert_eq!(check(Verdict::Pass, &[], "看错了，抱歉"), Ok(()));
        assert_eq!(check(Verdict::Reject, &closed, "请睁大眼"), Ok(()));
        assert_eq!(check(Verdict::Pass, &[], " "), Err(DecisionError::NoNote));
        assert_eq!(
            check(Verdict::Reject, &closed, "请睁眼"),
            Err(DecisionError::NothingCorrected)
        );
    }
}
