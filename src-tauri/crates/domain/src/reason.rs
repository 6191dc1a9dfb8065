//! The catalogue of rejection reasons: data that the backend serves and versions, validated here.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashSet;
use std::fmt;
use utoipa::ToSchema;

/// Stable name of a reason, such as `eyes_closed`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type, ToSchema)]
#[serde(transparent)]
pub struct ReasonCode(pub String);

impl fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct Reason {
    pub code: ReasonCode,
    /// Code of a [`ReasonGroup`] of the same catalogue.
    pub group: String,
    /// At most [`crate::REMARK_MAX_CHARS`] characters, so that it fits the channel's remark field.
    pub zh: String,
    pub en: String,
    /// One line that tells the student what to do.
    pub advice_zh: String,
    pub advice_en: String,
    /// Codes of the checks that suggest it.
    pub suggested_by: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct ReasonGroup {
    pub code: String,
    pub zh: String,
    pub en: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct ReasonCatalogue {
    pub version: String,
    pub source: String,
    pub groups: Vec<ReasonGroup>,
    pub reasons: Vec<Reason>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    #[error("the catalogue has no version")]
    NoVersion,
    #[error("the reason {0} is in the catalogue twice")]
    Repeated(ReasonCode),
    #[error("the reason {code} is in the group {group}, which the catalogue does not have")]
    UnknownGroup { code: ReasonCode, group: String },
    #[error("the reason {code} has {got} characters, the channel carries {max}")]
    LongLabel { code: ReasonCode, got: usize, max: usize },
    #[error("the reason {0} lacks a label or an advice in one of the languages")]
    MissingWords(ReasonCode),
}

impl ReasonCatalogue {
    pub fn get(&self, code: &ReasonCode) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.code == *code)
    }

    /// Whether the catalogue can be served: to be called on everything that was read from outside.
    ///
    /// # Errors
    /// The first entry that breaks a rule.
    pub fn check(&self) -> Result<(), CatalogueError> {
        if self.version.is_empty() {
            return Err(CatalogueError::NoVersion);
        }
        let groups: HashSet<&str> = self.groups.iter().map(|group| group.code.as_str()).collect();
        let mut seen = HashSet::new();
        for reason in &self.reasons {
            let code = reason.code.clone();
            if !seen.insert(&reason.code) {
                return Err(CatalogueError::Repeated(code));
            }
            if !groups.contains(reason.group.as_str()) {
                return Err(CatalogueError::UnknownGroup {
                    code,
                    group: reason.group.clone(),
                });
            }
            let (got, max) = (reason.zh.chars().count(), crate::REMARK_MAX_CHARS);
            if got > max {
                return Err(CatalogueError::LongLabel { code, got, max });
            }
            if [&reason.zh, &reason.en, &reason.advice_zh, &reason.advice_en]
                .iter()
                .any(|words| words.is_empty())
            {
                return Err(CatalogueError::MissingWords(code));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn two_reasons() -> ReasonCatalogue {
        let reason = |code: &str, zh: &str, en: &str| Reason {
            code: ReasonCode(code.into()),
            group: "pose".into(),
            zh: zh.into(),
            en: en.into(),
            advice_zh: "请重拍。".into(),
            advice_en: "Please take it again.".into(),
            suggested_by: vec![],
        };
        ReasonCatalogue {
            version: "1".into(),
            source: "test".into(),
            groups: vec![ReasonGroup {
                code: "pose".into(),
                zh: "姿态".into(),
                en: "Pose".into(),
            }],
            reasons: vec![
                reason("eyes_closed", "闭眼或未平视", "Eyes closed"),
                reason("not_sharp", "照片不清晰或对焦不准", "Not sharp"),
            ],
        }
    }

    #[test]
    fn a_catalogue_with_a_flaw_names_it() {
        assert_eq!(two_reasons().check(), Ok(()));
        let flawed = |spoil: fn(&mut ReasonCatalogue)| {
            let mut catalogue = two_reasons();
            spoil(&mut catalogue);
            catalogue.check().unwrap_err()
        };
        assert_eq!(flawed(|c| c.version.clear()), CatalogueError::NoVersion);
        let code = ReasonCode("eyes_closed".into());
        assert_eq!(
            flawed(|c| c.reasons[1].code = c.reasons[0].code.clone()),
            CatalogueError::Repeated(code.clone())
        );
        assert_eq!(
            flawed(|c| c.reasons[0].group = "weather".into()),
            CatalogueError::UnknownGroup {
                code: code.clone(),
                group: "weather".into()
            }
        );
        assert_eq!(
            flawed(|c| c.reasons[0].zh = "长".repeat(21)),
            CatalogueError::LongLabel {
                code: code.clone(),
                got: 21,
                max: 20
            }
        );
        assert_eq!(
            flawed(|c| c.reasons[0].advice_en.clear()),
            CatalogueError::MissingWords(code)
        );
    }
}
