//! What belongs to one submission: its photo, what its student was told, its whole life, who else handed in the same shot.
//! All of it is for whoever holds a lease on it or has decided it (or another attempt of its student), and for supervisors;
//! its photo also for those to whom it was named as the same shot as one of theirs.

use super::App;
use super::error::ApiError;
use super::extract::{Body, Caller, InPath};
use crate::photos::PhotoKind;
use crate::storage::{Connection, history as life, messages as message_rows, shots, submissions};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use domain::SubmissionId;
use protocol::{ErrorBody, ErrorCode, Found, History, Search, SentMessages, Shot, ShotMatches, paths};
use std::sync::Arc;

/// The very bytes that the student uploaded.
#[utoipa::path(get, path = paths::PHOTO, tag = "submissions", params(("submission" = SubmissionId, Path)), responses(
    (status = 200, description = "JPEG or PNG", body = Vec<u8>, content_type = "image/jpeg"),
    (status = 401, description = "not_signed_in", body = ErrorBody),
    (status = 403, description = "not_allowed", body = ErrorBody),
    (status = 404, description = "not_found", body = ErrorBody),
))]
pub async fn photo(
    State(app): State<Arc<App>>,
    caller: Caller,
    InPath(submission): InPath<SubmissionId>,
) -> Result<impl IntoResponse, ApiError> {
    let place = {
        let mut conn = app.kept.database.connection().await?;
        may_see_photo(&app, &mut conn, &caller, submission).await?;
        submissions::photo(&mut conn, submission).await?.ok_or_else(unknown)?
    };
    let bytes: Bytes = app.kept.photos.get(&place.key, &place.sha256).await?;
    let kind = PhotoKind::of(&bytes).map_or("application/octet-stream", PhotoKind::content_type);
    Ok(([(CONTENT_TYPE, kind)], bytes))
}

/// What the student was told, word for word.
#[utoipa::path(get, path = paths::MESSAGES, tag = "submissions", params(("submission" = SubmissionId, Path)), responses(
    (status = 200, body = SentMessages),
    (status = 401, description = "not_signed_in", body = ErrorBody),
    (status = 403, description = "not_allowed", body = ErrorBody),
    (status = 404, description = "not_found", body = ErrorBody),
))]
pub async fn messages(
    State(app): State<Arc<App>>,
    caller: Caller,
    InPath(submission): InPath<SubmissionId>,
) -> Result<Json<SentMessages>, ApiError> {
    let mut conn = app.kept.database.connection().await?;
    may_see(&app, &mut conn, &caller, submission).await?;
    Ok(Json(SentMessages {
        messages: message_rows::of_submission(&mut conn, submission).await?,
    }))
}

/// The attempts of the submission's student, with what was decided and said.
#[utoipa::path(get, path = paths::HISTORY, tag = "submissions", params(("submission" = SubmissionId, Path)), responses(
    (status = 200, body = History),
    (status = 401, description = "not_signed_in", body = ErrorBody),
    (status = 403, description = "not_allowed", body = ErrorBody),
    (status = 404, description = "not_found", body = ErrorBody),
))]
pub async fn history(
    State(app): State<Arc<App>>,
    caller: Caller,
    InPath(submission): InPath<SubmissionId>,
) -> Result<Json<History>, ApiError> {
    let mut conn = app.kept.database.connection().await?;
    may_see(&app, &mut conn, &caller, submission).await?;
    let life = life::life(&mut conn, submission).await?;
    life.map(Json).ok_or_else(unknown)
}

/// Keeps what the photo's shot is known by, and tells who else handed in the same.
#[utoipa::path(
    post, path = paths::SHOT, tag = "submissions", request_body = Shot, params(("submission" = SubmissionId, Path)),
    responses(
        (status = 200, body = ShotMatches),
        (status = 400, description = "bad_request", body = ErrorBody),
        (status = 401, description = "not_signed_in", body = ErrorBody),
        (status = 403, description = "not_allowed", body = ErrorBody),
        (status = 404, description = "not_found", body = ErrorBody),
    )
)]
pub async fn shot(
    State(app): State<Arc<App>>,
    caller: Caller,
    InPath(submission): InPath<SubmissionId>,
    Body(shot): Body<Shot>,
) -> Result<Json<ShotMatches>, ApiError> {
    may_see(&app, &mut *app.kept.database.connection().await?, &caller, submission).await?;
    let matches = app.shots.add(&app.kept.database, submission, &shot, app.now()).await?;
    Ok(Json(ShotMatches { matches }))
}

/// Finds submissions by what a person would type.
#[utoipa::path(post, path = paths::SEARCH, tag = "submissions", request_body = Search, responses(
    (status = 200, body = Found),
    (status = 400, description = "bad_request", body = ErrorBody),
    (status = 401, description = "not_signed_in", body = ErrorBody),
))]
pub async fn search(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(Search { text }): Body<Search>,
) -> Result<Json<Found>, ApiError> {
    let only = (!caller.is_supervisor()).then_some(caller.0.id);
    let mut conn = app.kept.database.connection().await?;
    Ok(Json(life::find(&mut conn, &text, only, app.now()).await?))
}

/// Also where it was named as the same shot as one that the caller may see.
async fn may_see_photo(
    app: &App,
    conn: &mut Connection,
    caller: &Caller,
    submission: SubmissionId,
) -> Result<(), ApiError> {
    let refusal = match may_see(app, conn, caller, submission).await {
        Err(error) => error,
        seen => return seen,
    };
    for named in shots::named_for(conn, submission).await? {
        if submissions::is_seen_by(conn, named, caller.0.id, app.now()).await? {
            return Ok(());
        }
    }
    Err(refusal)
}

async fn may_see(app: &App, conn: &mut Connection, caller: &Caller, submission: SubmissionId) -> Result<(), ApiError> {
    if submissions::photo(conn, submission).await?.is_none() {
        return Err(unknown());
    }
    if caller.is_supervisor() || submissions::is_seen_by(conn, submission, caller.0.id, app.now()).await? {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::NotAllowed,
        "neither leased nor decided by the one who asks",
    ))
}

fn unknown() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "there is no such submission")
}
