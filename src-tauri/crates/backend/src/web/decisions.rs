//! A reviewer's decision comes in.

use super::App;
use super::error::ApiError;
use super::extract::{Body, Caller};
use crate::decide;
use axum::Json;
use axum::extract::State;
use domain::Decision;
use protocol::{DecisionReceipt, ErrorBody, paths};
use std::sync::Arc;

/// Applies a decision, once however often it is sent.
#[utoipa::path(post, path = paths::DECISIONS, tag = "decisions", request_body = Decision, responses(
    (status = 200, body = DecisionReceipt),
    (status = 400, description = "bad_request", body = ErrorBody),
    (status = 401, description = "not_signed_in", body = ErrorBody),
    (status = 403, description = "not_allowed", body = ErrorBody),
    (status = 404, description = "not_found", body = ErrorBody),
    (status = 409, description = "lease_ended, already_decided, id_reused, already_corrected, new_attempt or past_correction", body = ErrorBody),
    (status = 422, description = "invalid_decision", body = ErrorBody),
))]
pub async fn decide(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(decision): Body<Decision>,
) -> Result<Json<DecisionReceipt>, ApiError> {
    let receipt = decide::apply(&app.kept.database, &caller.0, &decision, app.now()).await?;
    if receipt.applied_now {
        app.wake.notify_one();
    }
    Ok(Json(receipt))
}
