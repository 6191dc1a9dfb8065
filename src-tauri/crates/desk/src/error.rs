//! What can go wrong with an action, and the one list of codes that the front end branches on.

use client::ClientError;
use domain::{DecisionError, ReasonCode};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::io;
use store::StoreError;

/// No variant carries anything of a person.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("nobody is signed in")]
    NotSignedIn,
    #[error("no account of that name with that password")]
    WrongPassword,
    #[error("too many wrong passwords in a row")]
    TooManyAttempts,
    #[error("the backend is not in reach, and this desk does not know that account")]
    OfflineUnknownAccount,
    #[error("the backend is not in reach")]
    Offline,
    #[error("the backend wants a new sign-in")]
    SignInAgain,
    #[error("the account's role does not allow it")]
    NotAllowed,
    #[error("the submission is not in hand")]
    NotInHand,
    #[error("photo, report or rules are not here yet")]
    NotReady,
    #[error("the lease has ended")]
    LeaseEnded,
    #[error("a photo that can't be read can't pass")]
    UnreadablePhoto,
    #[error("the hold of the decision is over")]
    HoldOver,
    #[error("the desk is closed at this hour")]
    Closed,
    #[error("a question needs its words")]
    NoQuestion,
    #[error("a rejection needs a reason")]
    NoReason,
    #[error("a pass carries no reasons")]
    ReasonsOnPass,
    #[error("the reason {0} is named twice")]
    RepeatedReason(ReasonCode),
    #[error("the reason {0} is not in the catalogue")]
    UnknownReason(ReasonCode),
    #[error("the note has {got} characters of at most {max}")]
    LongNote { got: usize, max: usize },
    #[error("a correction says why")]
    NoNote,
    #[error("a correction changes something")]
    NothingCorrected,
    #[error("the decision has been corrected already")]
    AlreadyCorrected,
    #[error("the student has handed in another photo since")]
    NewAttempt,
    #[error("the standard photo is made already, or the photo was withdrawn")]
    PastCorrection,
    #[error("a person ended it")]
    Cancelled,
    #[error("nothing could be learnt of a newer program")]
    NoUpdates,
    #[error("the first day is after the last")]
    BadSpan,
    #[error("the file can't be read")]
    UnreadableFile(#[source] io::Error),
    #[error("the file can't be written")]
    UnwritableFile(#[source] io::Error),
    #[error("not an audit file")]
    NotAnAuditFile,
    #[error("an audit file of a newer program")]
    NewerAuditFile,
    #[error("that decision was not shown here, or not intact")]
    UnknownDecision,
    #[error("the key does not open the desk's store")]
    WrongKey,
    #[error("the disk is full")]
    StorageFull,
    #[error("the desk's store can't be used")]
    Storage(#[source] StoreError),
    #[error("the backend's address is not one")]
    BadAddress,
    #[error("the backend answers what it should not")]
    Backend(#[source] ClientError),
    #[error("a flaw of this program: {0}")]
    Internal(&'static str),
}

/// The codes, one for each kind of [`Error`]. Stable: texts are keyed by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    NotSignedIn,
    WrongPassword,
    /// Wait a while before the next password.
    TooManyAttempts,
    /// Without the backend only those can sign in who did so here before.
    OfflineUnknownAccount,
    Offline,
    SignInAgain,
    NotAllowed,
    NotInHand,
    /// Photo, report or rules are still on their way.
    NotReady,
    LeaseEnded,
    /// It can be rejected, but not pass.
    UnreadablePhoto,
    /// Too late to undo.
    HoldOver,
    /// Outside working hours, and no supervisor allows overtime.
    Closed,
    /// A question to the supervisor needs its words.
    NoQuestion,
    NoReason,
    ReasonsOnPass,
    /// With `reason`.
    RepeatedReason,
    /// With `reason`.
    UnknownReason,
    /// With `got` and `max`.
    LongNote,
    /// A correction says why.
    NoNote,
    NothingCorrected,
    /// Somebody corrected it first.
    AlreadyCorrected,
    /// Too late to correct: the student has handed in another photo.
    NewAttempt,
    /// Too late to correct: the standard photo is made, or the photo was withdrawn.
    PastCorrection,
    /// A person ended what took long.
    Cancelled,
    /// Nobody answers where a newer program would be announced, or the announcement is not signed.
    NoUpdates,
    /// The first day is after the last.
    BadSpan,
    UnreadableFile,
    UnwritableFile,
    NotAnAuditFile,
    NewerAuditFile,
    /// Neither the open audit file nor a submission's life that was asked for holds it.
    UnknownDecision,
    WrongKey,
    StorageFull,
    Storage,
    BadAddress,
    /// The backend answers what it should not.
    Backend,
    /// A flaw of this program.
    Internal,
}

/// An error as the front end gets it.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ErrorView {
    pub code: ErrorCode,
    pub reason: Option<ReasonCode>,
    pub got: Option<u32>,
    pub max: Option<u32>,
}

impl Error {
    pub fn code(&self) -> ErrorCode {
        match self {
            Error::NotSignedIn => ErrorCode::NotSignedIn,
            Error::WrongPassword => ErrorCode::WrongPassword,
            Error::TooManyAttempts => ErrorCode::TooManyAttempts,
            Error::OfflineUnknownAccount => ErrorCode::OfflineUnknownAccount,
            Error::Offline => ErrorCode::Offline,
            Error::SignInAgain => ErrorCode::SignInAgain,
            Error::NotAllowed => ErrorCode::NotAllowed,
            Error::NotInHand => ErrorCode::NotInHand,
            Error::NotReady => ErrorCode::NotReady,
            Error::LeaseEnded => ErrorCode::LeaseEnded,
            Error::UnreadablePhoto => ErrorCode::UnreadablePhoto,
            Error::HoldOver => ErrorCode::HoldOver,
            Error::Closed => ErrorCode::Closed,
            Error::NoQuestion => ErrorCode::NoQuestion,
            Error::NoReason => ErrorCode::NoReason,
            Error::ReasonsOnPass => ErrorCode::ReasonsOnPass,
            Error::RepeatedReason(_) => ErrorCode::RepeatedReason,
            Error::UnknownReason(_) => ErrorCode::UnknownReason,
            Error::LongNote { .. } => ErrorCode::LongNote,
            Error::NoNote => ErrorCode::NoNote,
            Error::NothingCorrected => ErrorCode::NothingCorrected,
            Error::AlreadyCorrected => ErrorCode::AlreadyCorrected,
            Error::NewAttempt => ErrorCode::NewAttempt,
            Error::PastCorrection => ErrorCode::PastCorrection,
            Error::Cancelled => ErrorCode::Cancelled,
            Error::NoUpdates => ErrorCode::NoUpdates,
            Error::BadSpan => ErrorCode::BadSpan,
            Error::UnreadableFile(_) => ErrorCode::UnreadableFile,
            Error::UnwritableFile(_) => ErrorCode::UnwritableFile,
            Error::NotAnAuditFile => ErrorCode::NotAnAuditFile,
            Error::NewerAuditFile => ErrorCode::NewerAuditFile,
            Error::UnknownDecision => ErrorCode::UnknownDecision,
            Error::WrongKey => ErrorCode::WrongKey,
            Error::StorageFull => ErrorCode::StorageFull,
            Error::Storage(_) => ErrorCode::Storage,
            Error::BadAddress => ErrorCode::BadAddress,
            Error::Backend(_) => ErrorCode::Backend,
            Error::Internal(_) => ErrorCode::Internal,
        }
    }

    pub fn view(&self) -> ErrorView {
        let (reason, got, max) = match self {
            Error::RepeatedReason(reason) | Error::UnknownReason(reason) => (Some(reason.clone()), None, None),
            Error::LongNote { got, max } => (None, u32::try_from(*got).ok(), u32::try_from(*max).ok()),
            _ => (None, None, None),
        };
        ErrorView {
            code: self.code(),
            reason,
            got,
            max,
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Error {
        match error {
            StoreError::WrongKey => Error::WrongKey,
            StoreError::Full => Error::StorageFull,
            StoreError::NotInHand => Error::NotInHand,
            StoreError::HoldOver => Error::HoldOver,
            other => Error::Storage(other),
        }
    }
}

impl From<ClientError> for Error {
    fn from(error: ClientError) -> Error {
        match error {
            ClientError::Offline => Error::Offline,
            ClientError::SignInAgain => Error::SignInAgain,
            ClientError::WrongPassword => Error::WrongPassword,
            ClientError::TooManyAttempts => Error::TooManyAttempts,
            ClientError::BadAddress => Error::BadAddress,
            other => Error::Backend(other),
        }
    }
}

impl From<DecisionError> for Error {
    fn from(error: DecisionError) -> Error {
        match error {
            DecisionError::NoReason => Error::NoReason,
            DecisionError::ReasonsOnPass => Error::ReasonsOnPass,
            DecisionError::RepeatedReason(reason) => Error::RepeatedReason(reason),
            DecisionError::UnknownReason(reason) => Error::UnknownReason(reason),
            DecisionError::LongNote { got, max } => Error::LongNote { got, max },
            DecisionError::NoNote => Error::NoNote,
            DecisionError::NothingCorrected => Error::NothingCorrected,
        }
    }
}
