//! What handlers take from a call: a body of the contract, an identity in the path, the one who is signed in. Whatever is
//! wrong with them becomes an error of the contract, and what was sent is not repeated in it.

use super::App;
use super::error::ApiError;
use crate::accounts;
use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use domain::{Account, Role};
use protocol::ErrorCode;
use serde::de::DeserializeOwned;
use std::sync::Arc;

pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        match Json::from_request(request, app).await {
            Ok(Json(body)) => Ok(Body(body)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(ApiError::too_large()),
            Err(_) => Err(ApiError::new(
                ErrorCode::BadRequest,
                "the body is not the JSON that this call wants",
            )),
        }
    }
}

pub struct InPath<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Arc<App>> for InPath<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        match Path::from_request_parts(parts, app).await {
            Ok(Path(found)) => Ok(InPath(found)),
            Err(_) => Err(ApiError::new(ErrorCode::NotFound, "there is nothing of that identity")),
        }
    }
}

/// The one who is signed in.
pub struct Caller(pub Account);

impl Caller {
    pub fn is_supervisor(&self) -> bool {
        self.0.role == Role::Supervisor
    }

    /// # Errors
    /// [`ErrorCode::NotAllowed`], with what is theirs alone, for anybody else.
    pub fn must_supervise(&self, what: &'static str) -> Result<(), ApiError> {
        if self.is_supervisor() {
            return Ok(());
        }
        Err(ApiError::new(ErrorCode::NotAllowed, what))
    }
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer "));
        let account = match token {
            Some(token) => accounts::signed_in(&app.kept.database, token, app.now()).await?,
            None => None,
        };
        account
            .map(Caller)
            .ok_or_else(|| ApiError::new(ErrorCode::NotSignedIn, "no session, or one that has ended"))
    }
}
