//! What can go wrong with a call, named by what the caller can do.

use protocol::ErrorCode;

/// No variant carries anything of a person, nor an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// Go on with what is here and try later: nobody answered, or the backend said that it can't just now.
    #[error("the backend is not in reach")]
    Offline,
    /// Ask for the password again.
    #[error("the backend wants a new sign-in")]
    SignInAgain,
    #[error("the backend does not know that name with that password")]
    WrongPassword,
    #[error("too many wrong passwords; the backend wants some time to pass")]
    TooManyAttempts,
    /// Give it up for good: somebody else was first, or the right to it has ended.
    #[error("the backend has moved on: {code:?}")]
    Conflict { code: ErrorCode },
    /// Give it up for good: the backend will never take it as it is.
    #[error("the backend refuses: {code:?}")]
    Refused { code: ErrorCode },
    /// The bytes that came are not the photo that was leased. Try later.
    #[error("the photo that came is not the one that was leased")]
    WrongPhoto,
    /// Try later, and tell whoever runs the backend: its answer is not of the contract.
    #[error("the backend's answer is not of the contract ({0})")]
    Broken(&'static str),
    /// Correct the setting.
    #[error("the backend's address is not a http or https address")]
    BadAddress,
}

impl ClientError {
    pub(crate) fn of(code: ErrorCode) -> ClientError {
        match code {
            ErrorCode::NotSignedIn => ClientError::SignInAgain,
            ErrorCode::WrongPassword => ClientError::WrongPassword,
            ErrorCode::TooManyAttempts => ClientError::TooManyAttempts,
            ErrorCode::LeaseEnded
            | ErrorCode::AlreadyDecided
            | ErrorCode::IdReused
            | ErrorCode::AlreadyCorrected
            | ErrorCode::NewAttempt
            | ErrorCode::PastCorrection => ClientError::Conflict { code },
            ErrorCode::BadRequest | ErrorCode::NotAllowed | ErrorCode::NotFound | ErrorCode::InvalidDecision => {
                ClientError::Refused { code }
            }
            ErrorCode::Unavailable => ClientError::Offline,
            ErrorCode::Internal => ClientError::Broken("it failed"),
        }
    }

    /// Whether the same call may fare better a moment later.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self, ClientError::Offline)
    }
}

/// A backend's code as the contract spells it, such as `lease_ended`.
pub fn code_name(code: ErrorCode) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
