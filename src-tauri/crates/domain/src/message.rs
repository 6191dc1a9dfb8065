//! The words the student receives. One place makes them, so that the desk's preview and what is sent are the same.

use crate::calendar::shanghai;
use crate::{ReasonCatalogue, ReasonCode, Verdict};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

/// Longest remark of the card, in characters: the limit of a `thing` field of a subscription message.
pub const REMARK_MAX_CHARS: usize = 20;

/// Begins the remark of a message that takes the place of an earlier one.
const CORRECTION: &str = "更正：";

/// 照片审核结果提醒, and the page that it links to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct MessageCard {
    /// 姓名. Personal data.
    pub name: String,
    /// 审核状态: 审核通过 or 审核不通过.
    pub status: String,
    /// 审核时间, Asia/Shanghai, `YYYY-MM-DD hh:mm:ss`.
    pub time: String,
    /// 备注, at most [`REMARK_MAX_CHARS`] characters.
    pub remark: String,
    /// Every reason in full with its advice, as the linked page shows them; empty for a pass.
    pub reasons: Vec<MessageReason>,
    /// The reviewer's own words; may be empty.
    pub note: String,
    /// It takes the place of an earlier message.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub corrects: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct MessageReason {
    pub label: String,
    pub advice: String,
}

/// Shows nothing of the person.
impl std::fmt::Debug for MessageCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MessageCard")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl MessageCard {
    /// The message for a decision. Reasons that the catalogue does not know are shown by their code, so that nothing is
    /// dropped in silence.
    pub fn compose(
        name: &str,
        verdict: Verdict,
        reasons: &[ReasonCode],
        note: &str,
        decided_at: DateTime<Utc>,
        catalogue: &ReasonCatalogue,
    ) -> MessageCard {
        let status = match verdict {
            Verdict::Pass => "审核通过",
            Verdict::Reject => "审核不通过",
        };
        let reasons: Vec<MessageReason> = reasons
            .iter()
            .map(|code| match catalogue.get(code) {
                Some(reason) => MessageReason {
                    label: reason.zh.clone(),
                    advice: reason.advice_zh.clone(),
                },
                None => MessageReason {
                    label: code.0.clone(),
                    advice: String::new(),
                },
            })
            .collect();
        MessageCard {
            name: name.to_owned(),
            status: status.to_owned(),
            time: shanghai(decided_at).format("%Y-%m-%d %H:%M:%S").to_string(),
            remark: remark(status, &reasons, REMARK_MAX_CHARS),
            reasons,
            note: note.to_owned(),
            corrects: false,
        }
    }

    /// The same as the correction of an earlier message, which its remark says first.
    pub fn correcting(self) -> MessageCard {
        let room = REMARK_MAX_CHARS - CORRECTION.chars().count();
        MessageCard {
            remark: format!("{CORRECTION}{}", remark(&self.status, &self.reasons, room)),
            corrects: true,
            ..self
        }
    }
}

/// All reasons where they fit, else the first and how many there are, else as much of the first as fits.
fn remark(status: &str, reasons: &[MessageReason], max_chars: usize) -> String {
    let Some(first) = reasons.first() else {
        return status.to_owned();
    };
    let all = reasons
        .iter()
        .map(|reason| reason.label.as_str())
        .collect::<Vec<_>>()
        .join("、");
    let counted = format!("{}等{}项", first.label, reasons.len());
    [all, counted]
        .into_iter()
        .find(|text| text.chars().count() <= max_chars)
        .unwrap_or_else(|| first.label.chars().take(max_chars - 1).chain(['…']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::tests::two_reasons;

    fn at() -> DateTime<Utc> {
        "2024-10-16T06:54:42Z".parse().unwrap()
    }

    fn compose(verdict: Verdict, reasons: &[&str]) -> MessageCard {
        let reasons: Vec<ReasonCode> = reasons.iter().map(|code| ReasonCode((*code).into())).collect();
        MessageCard::compose("鲍奕辰", verdict, &reasons, "", at(), &two_reasons())
    }

    #[test]
    fn a_pass_says_so_in_the_local_time_of_the_centre() {
        let card = compose(Verdict::Pass, &[]);
        assert_eq!((card.status.as_str(), card.remark.as_str()), ("审核通过", "审核通过"));
        assert_eq!(card.time, "2024-10-16 14:54:42");
        assert_eq!(card.name, "鲍奕辰");
    }

    #[test]
    fn a_rejection_carries_every_reason_in_full_and_a_remark_that_fits() {
        let card = compose(Verdict::Reject, &["eyes_closed", "not_sharp"]);
        assert_eq!(card.status, "审核不通过");
        assert_eq!(card.reasons.len(), 2);
        assert_eq!(card.remark, "闭眼或未平视、照片不清晰或对焦不准");
        let card = compose(Verdict::Reject, &["not_sharp", "eyes_closed", "no_such_reason"]);
        assert_eq!(card.remark, "照片不清晰或对焦不准等3项");
        assert_eq!(card.reasons[2].label, "no_such_reason");
    }

    #[test]
    fn a_correction_says_so_within_the_limit_of_the_channel() {
        let passed = compose(Verdict::Pass, &[]).correcting();
        assert_eq!((passed.remark.as_str(), passed.corrects), ("更正：审核通过", true));
        let rejected = compose(Verdict::Reject, &["not_sharp", "eyes_closed", "no_such_reason"]).correcting();
        assert_eq!(rejected.remark, "更正：照片不清晰或对焦不准等3项");
        let long = compose(Verdict::Reject, &["a_code_so_long_that_it_cannot_fit_the_channel"]).correcting();
        assert_eq!(long.remark.chars().count(), REMARK_MAX_CHARS);
    }

    #[test]
    fn a_remark_never_passes_the_limit_of_the_channel() {
        let card = compose(Verdict::Reject, &["a_code_so_long_that_it_cannot_fit_the_channel"]);
        assert_eq!(card.remark.chars().count(), REMARK_MAX_CHARS);
        assert!(card.remark.ends_with('…'));
    }
}
