//! The queue as a whole, the rules it is judged by, and whether the backend can work.

use super::App;
use super::error::ApiError;
use super::extract::{Body, Caller};
use crate::storage::{batches, floor as floor_rows, leases, settings, shots};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveTime;
use domain::calendar::shanghai;
use protocol::{BlindPercent, ErrorBody, ErrorCode, Floor, Overtime, Queue, Rules, paths};
use std::sync::Arc;

/// Whether the database answers.
#[utoipa::path(get, path = paths::HEALTH, tag = "state", security(()), responses(
    (status = 204, description = "able to work"),
    (status = 503, description = "unavailable", body = ErrorBody),
))]
pub async fn health(State(app): State<Arc<App>>) -> Result<StatusCode, ApiError> {
    app.kept.database.answers().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The reason catalogue and the working calendar.
#[utoipa::path(get, path = paths::RULES, tag = "queue", responses(
    (status = 200, body = Rules),
    (status = 401, description = "not_signed_in", body = ErrorBody),
))]
pub async fn rules(State(app): State<Arc<App>>, _: Caller) -> Json<Rules> {
    Json(app.rules.clone())
}

/// What is waiting.
#[utoipa::path(get, path = paths::QUEUE, tag = "queue", responses(
    (status = 200, body = Queue),
    (status = 401, description = "not_signed_in", body = ErrorBody),
))]
pub async fn queue(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Queue>, ApiError> {
    let mut conn = app.kept.database.connection().await?;
    let (waiting, leased_by_me, leased_by_others) = leases::counts(&mut conn, caller.0.id, app.now()).await?;
    let batches = batches::pending(&mut conn).await?;
    Ok(Json(Queue {
        waiting,
        leased_by_me,
        leased_by_others,
        batches,
        overtime: settings::overtime(&mut conn).await?,
        blind_percent: settings::blind_percent(&mut conn).await?,
        compare_again: shots::untold(&mut conn, caller.0.id, app.now()).await?,
    }))
}

/// Lets the desks decide outside working hours, or stops that.
#[utoipa::path(post, path = paths::OVERTIME, tag = "queue", request_body = Overtime, responses(
    (status = 204, description = "kept"),
    (status = 401, description = "not_signed_in", body = ErrorBody),
    (status = 403, description = "not_allowed", body = ErrorBody),
))]
pub async fn set_overtime(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(body): Body<Overtime>,
) -> Result<StatusCode, ApiError> {
    caller.must_supervise("overtime is a supervisor's to allow")?;
    let mut conn = app.kept.database.connection().await?;
    settings::set_overtime(&mut conn, body.allowed).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// On how many photos the desks hide the machine's verdict at first.
#[utoipa::path(post, path = paths::BLIND_PERCENT, tag = "queue", request_body = BlindPercent, responses(
    (status = 204, description = "kept"),
    (status = 400, description = "bad_request", body = ErrorBody),
    (status = 401, description = "not_signed_in", body = ErrorBody),
    (status = 403, description = "not_allowed", body = ErrorBody),
))]
pub async fn set_blind_percent(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(BlindPercent { percent }): Body<BlindPercent>,
) -> Result<StatusCode, ApiError> {
    caller.must_supervise("how large the blind sample is, a supervisor sets")?;
    if percent > 100 {
        return Err(ApiError::new(ErrorCode::BadRequest, "at most 100 of a hundred"));
    }
    let mut conn = app.kept.database.connection().await?;
    settings::set_blind_percent(&mut conn, percent).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is at work and what waits, for supervisors.
#[utoipa::path(get, path = paths::FLOOR, tag = "queue", responses(
    (status = 200, body = Floor),
    (status = 401, description = "not_signed_in", body = ErrorBody),
    (status = 403, description = "not_allowed", body = ErrorBody),
))]
pub async fn floor(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Floor>, ApiError> {
    caller.must_supervise("the floor is for supervisors")?;
    let now = app.now();
    let since_midnight = shanghai(now).time() - NaiveTime::MIN;
    let from = now - since_midnight;
    let mut conn = app.kept.database.connection().await?;
    Ok(Json(Floor {
        at: now,
        reviewers: floor_rows::reviewers(&mut conn, from, now).await?,
        batches: floor_rows::batches(&mut conn, from).await?,
    }))
}
