//! Errors as the contract has them. What goes out has no personal data and nothing of the inside; that goes to the log.

use crate::accounts::{AccountError, SignInError};
use crate::decide::DecideError;
use crate::photos::PhotoError;
use crate::shots::ShotError;
use crate::storage::StorageError;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::{ErrorBody, ErrorCode};
use std::error::Error;

#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    body: ErrorBody,
}

impl ApiError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> ApiError {
        ApiError {
            status: status(code),
            body: ErrorBody {
                code,
                message: message.into(),
            },
        }
    }

    pub fn method_not_allowed() -> ApiError {
        let error = ApiError::new(
            ErrorCode::BadRequest,
            "there is something here, but not for this method",
        );
        ApiError {
            status: StatusCode::METHOD_NOT_ALLOWED,
            ..error
        }
    }

    pub fn too_large() -> ApiError {
        let error = ApiError::new(ErrorCode::BadRequest, "the body is too large");
        ApiError {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            ..error
        }
    }
}

fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::BadRequest => StatusCode::BAD_REQUEST,
        ErrorCode::WrongPassword | ErrorCode::NotSignedIn => StatusCode::UNAUTHORIZED,
        ErrorCode::NotAllowed => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::LeaseEnded
        | ErrorCode::AlreadyDecided
        | ErrorCode::IdReused
        | ErrorCode::AlreadyCorrected
        | ErrorCode::NewAttempt
        | ErrorCode::PastCorrection => StatusCode::CONFLICT,
        ErrorCode::InvalidDecision => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

impl From<StorageError> for ApiError {
    fn from(error: StorageError) -> Self {
        tracing::error!(error = %chain(&error), "storage");
        match error {
            StorageError::Unavailable(_) => ApiError::new(ErrorCode::Unavailable, "the database is busy"),
            _ => ApiError::new(ErrorCode::Internal, "something is wrong inside"),
        }
    }
}

impl From<PhotoError> for ApiError {
    fn from(error: PhotoError) -> Self {
        tracing::error!(error = %chain(&error), "photo");
        ApiError::new(ErrorCode::Internal, "the photo can't be read")
    }
}

impl From<SignInError> for ApiError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::WrongPassword => ApiError::new(ErrorCode::WrongPassword, error.to_string()),
            SignInError::TooManyAttempts => ApiError::new(ErrorCode::TooManyAttempts, error.to_string()),
            SignInError::Account(AccountError::Storage(error)) => error.into(),
            SignInError::Account(error) => {
                tracing::error!(error = %chain(&error), "sign-in");
                ApiError::new(ErrorCode::Internal, "something is wrong inside")
            }
        }
    }
}

impl From<ShotError> for ApiError {
    fn from(error: ShotError) -> Self {
        match error {
            ShotError::OtherPrint => ApiError::new(ErrorCode::BadRequest, error.to_string()),
            ShotError::Storage(error) => error.into(),
        }
    }
}

impl From<DecideError> for ApiError {
    fn from(error: DecideError) -> Self {
        let code = match error {
            DecideError::OfAnother | DecideError::CorrectsAnother => ErrorCode::NotAllowed,
            DecideError::NoSubmission | DecideError::NothingToCorrect => ErrorCode::NotFound,
            DecideError::AlreadyCorrected => ErrorCode::AlreadyCorrected,
            DecideError::NewAttempt => ErrorCode::NewAttempt,
            DecideError::PastCorrection => ErrorCode::PastCorrection,
            DecideError::IdReused => ErrorCode::IdReused,
            DecideError::AlreadyDecided => ErrorCode::AlreadyDecided,
            DecideError::LeaseEnded => ErrorCode::LeaseEnded,
            DecideError::OtherBatch
            | DecideError::OtherPhoto
            | DecideError::UnknownCatalogue(_)
            | DecideError::Invalid(_) => ErrorCode::InvalidDecision,
            DecideError::Storage(error) => return error.into(),
        };
        ApiError::new(code, error.to_string())
    }
}

/// An error with its causes. Only as it is displayed: the debug form of a database error may quote values.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
