//! The students' inbox: what the demonstration channel delivered, as a student would see it. Whoever knows the key in the
//! address sees everything, so the key is unguessable and never logged.

use super::App;
use super::error::ApiError;
use super::extract::InPath;
use super::page;
use crate::storage::inbox;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse};
use domain::StudentId;
use protocol::ErrorCode;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::Arc;

pub const LIST: &str = "/inbox/{key}";
pub const STUDENT: &str = "/inbox/{key}/{student}";
pub const STYLE: &str = "/inbox.css";

/// The most messages that the list looks back over.
const LOOK_BACK: i64 = 500;

/// Every student who has been told something, the latest told first.
pub async fn list(State(app): State<Arc<App>>, InPath(key): InPath<String>) -> Result<Html<String>, ApiError> {
    check(&app, &key)?;
    let mut conn = app.kept.database.connection().await?;
    let total = inbox::total(&mut conn).await?;
    let mut seen = HashSet::new();
    let mut latest = inbox::latest(&mut conn, LOOK_BACK).await?;
    latest.retain(|delivered| seen.insert(delivered.student));
    Ok(Html(page::list(&key, total, &latest)))
}

/// Everything that one student has been told, and how far the photo has come.
pub async fn student(
    State(app): State<Arc<App>>,
    InPath((key, student)): InPath<(String, StudentId)>,
) -> Result<Html<String>, ApiError> {
    check(&app, &key)?;
    let mut conn = app.kept.database.connection().await?;
    let messages = inbox::of_student(&mut conn, student).await?;
    let progress = inbox::progress(&mut conn, student).await?;
    match progress {
        Some(progress) if !messages.is_empty() => Ok(Html(page::student(&key, &progress, &messages))),
        _ => Err(nothing()),
    }
}

pub async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("inbox.css"))
}

/// Compares digests, so that the time it takes says nothing about the key.
fn check(app: &App, key: &str) -> Result<(), ApiError> {
    match &app.inbox_key {
        Some(known) if Sha256::digest(known) == Sha256::digest(key) => Ok(()),
        _ => Err(nothing()),
    }
}

fn nothing() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "there is nothing here")
}
