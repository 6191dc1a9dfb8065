//! Signing in.

use super::App;
use super::error::ApiError;
use super::extract::Body;
use crate::accounts;
use axum::Json;
use axum::extract::State;
use protocol::{ErrorBody, SignIn, SignedIn, paths};
use std::sync::Arc;

/// Opens a session of twelve hours.
#[utoipa::path(post, path = paths::SIGN_IN, tag = "sessions", request_body = SignIn, security(()), responses(
    (status = 200, body = SignedIn),
    (status = 400, description = "bad_request", body = ErrorBody),
    (status = 401, description = "wrong_password", body = ErrorBody),
    (status = 429, description = "too_many_attempts", body = ErrorBody),
))]
pub async fn sign_in(State(app): State<Arc<App>>, Body(body): Body<SignIn>) -> Result<Json<SignedIn>, ApiError> {
    let session = accounts::sign_in(&app.kept.database, &body.username, &body.password, app.now()).await?;
    Ok(Json(SignedIn {
        token: session.token,
        expires_at: session.expires_at,
        account: session.account,
    }))
}
