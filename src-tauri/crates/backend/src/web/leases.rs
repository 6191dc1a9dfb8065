//! Taking, keeping and giving back the right to decide.

use super::App;
use super::error::ApiError;
use super::extract::{Body, Caller};
use crate::storage::{StorageError, asides, leases};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::AsideKind;
use protocol::{
    ErrorBody, ErrorCode, LeaseIds, MOST_LEASES, NOTE_MAX_CHARS, RenewedLeases, SetAside, TakeLeases, TakenLeases,
    paths,
};
use std::sync::Arc;

/// How many leases one call may name: more than a desk ever holds.
const MOST_NAMED: usize = 1000;

/// Leases waiting submissions to the caller, those handed in first first.
#[utoipa::path(post, path = paths::LEASES, tag = "leases", request_body = TakeLeases, responses(
    (status = 200, description = "what this call gave, maybe none", body = TakenLeases),
    (status = 400, description = "bad_request", body = ErrorBody),
    (status = 401, description = "not_signed_in", body = ErrorBody),
))]
pub async fn take(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(body): Body<TakeLeases>,
) -> Result<Json<TakenLeases>, ApiError> {
    if body.count > MOST_LEASES {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            format!("at most {MOST_LEASES} at once"),
        ));
    }
    let (database, now) = (&app.kept.database, app.now());
    let mut tx = database.begin().await?;
    let batch = body.batch.as_ref();
    let taken = leases::take(
        &mut tx,
        database.dialect(),
        &caller.0,
        body.count,
        batch,
        now,
        now + app.lease,
    )
    .await?;
    let mut leases = leases::held(&mut tx, caller.0.id, now).await?;
    tx.commit().await.map_err(StorageError::from)?;
    leases.retain(|leased| taken.contains(&leased.lease.id));
    Ok(Json(TakenLeases { leases }))
}

/// Every live lease of the caller.
#[utoipa::path(get, path = paths::LEASES, tag = "leases", responses(
    (status = 200, body = TakenLeases),
    (status = 401, description = "not_signed_in", body = ErrorBody),
))]
pub async fn held(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<TakenLeases>, ApiError> {
    let mut conn = app.kept.database.connection().await?;
    Ok(Json(TakenLeases {
        leases: leases::held(&mut conn, caller.0.id, app.now()).await?,
    }))
}

/// The heartbeat: gives the caller's live leases a new end.
#[utoipa::path(post, path = paths::RENEW_LEASES, tag = "leases", request_body = LeaseIds, responses(
    (status = 200, body = RenewedLeases),
    (status = 400, description = "bad_request", body = ErrorBody),
    (status = 401, description = "not_signed_in", body = ErrorBody),
))]
pub async fn renew(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(body): Body<LeaseIds>,
) -> Result<Json<RenewedLeases>, ApiError> {
    let named = in_order(body)?;
    let now = app.now();
    let mut answer = RenewedLeases {
        renewed: Vec::new(),
        lost: Vec::new(),
    };
    let mut tx = app.kept.database.begin().await?;
    for lease in named {
        match leases::renew(&mut tx, caller.0.id, lease, now, now + app.lease).await? {
            Some(renewed) => answer.renewed.push(renewed),
            None => answer.lost.push(lease),
        }
    }
    tx.commit().await.map_err(StorageError::from)?;
    Ok(Json(answer))
}

/// Gives submissions back to the queue. What is not the caller's is passed over.
#[utoipa::path(post, path = paths::RELEASE_LEASES, tag = "leases", request_body = LeaseIds, responses(
    (status = 204, description = "none of them is the caller's any more"),
    (status = 400, description = "bad_request", body = ErrorBody),
    (status = 401, description = "not_signed_in", body = ErrorBody),
))]
pub async fn release(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(body): Body<LeaseIds>,
) -> Result<StatusCode, ApiError> {
    let named = in_order(body)?;
    let mut tx = app.kept.database.begin().await?;
    for lease in named {
        leases::release(&mut tx, caller.0.id, lease).await?;
    }
    tx.commit().await.map_err(StorageError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives one submission back for somebody else to decide, with the reason.
#[utoipa::path(post, path = paths::SET_ASIDE, tag = "leases", request_body = SetAside, responses(
    (status = 204, description = "it is no longer the caller's"),
    (status = 400, description = "bad_request", body = ErrorBody),
    (status = 401, description = "not_signed_in", body = ErrorBody),
    (status = 409, description = "lease_ended", body = ErrorBody),
))]
pub async fn set_aside(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(body): Body<SetAside>,
) -> Result<StatusCode, ApiError> {
    let note = body.note.trim();
    if note.chars().count() > NOTE_MAX_CHARS || (body.kind == AsideKind::Ask && note.is_empty()) {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            format!("a question needs a note, and a note holds at most {NOTE_MAX_CHARS} characters"),
        ));
    }
    let (reviewer, now) = (caller.0.id, app.now());
    let mut tx = app.kept.database.begin().await?;
    let Some(submission) = asides::leased(&mut tx, reviewer, body.lease, now).await? else {
        tx.rollback().await.map_err(StorageError::from)?;
        return Err(ApiError::new(
            ErrorCode::LeaseEnded,
            "the lease has ended or is another's",
        ));
    };
    asides::add(&mut tx, submission, reviewer, body.kind, note, now).await?;
    leases::release(&mut tx, reviewer, body.lease).await?;
    tx.commit().await.map_err(StorageError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Each once and always in the same order, so that two calls can't wait for each other.
fn in_order(body: LeaseIds) -> Result<Vec<domain::LeaseId>, ApiError> {
    let mut named = body.leases;
    if named.len() > MOST_NAMED {
        return Err(ApiError::new(
            ErrorCode::BadRequest,
            format!("at most {MOST_NAMED} at once"),
        ));
    }
    named.sort_unstable();
    named.dedup();
    Ok(named)
}
