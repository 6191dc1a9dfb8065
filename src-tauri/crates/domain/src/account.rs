//! Who sits at the desk.

use crate::ReviewerId;
use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 审核员: judges photos.
    Reviewer,
    /// 审核主管: audits decisions, and may judge photos too.
    Supervisor,
}

impl Role {
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reviewer => "reviewer",
            Role::Supervisor => "supervisor",
        }
    }

    pub fn parse(text: &str) -> Option<Role> {
        [Role::Reviewer, Role::Supervisor]
            .into_iter()
            .find(|role| role.as_str() == text)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, ToSchema)]
pub struct Account {
    pub id: ReviewerId,
    /// What is typed at sign-in.
    pub username: String,
    /// What colleagues call the person, such as 审核员 07.
    pub display_name: String,
    pub role: Role,
}
