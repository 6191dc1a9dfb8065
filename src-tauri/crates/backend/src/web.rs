//! HTTP: routes, what every answer has in common, and how errors look outside. No SQL and no rules of the trade.

mod decisions;
mod error;
mod extract;
mod inbox;
mod leases;
mod openapi;
mod page;
mod queue;
mod sessions;
mod submissions;

use crate::shots::Shots;
use crate::{Clock, Kept};
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use error::ApiError;
use protocol::{ErrorCode, Rules, paths};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::Level;

pub(crate) use error::chain;
pub use openapi::openapi;

/// The largest body of a call, far above any of the contract.
const BODY_MAX_BYTES: usize = 256 * 1024;
/// The longest that a call may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What every call shares.
pub(crate) struct App {
    pub kept: Kept,
    pub clock: Clock,
    pub rules: Rules,
    pub shots: Shots,
    pub lease: TimeDelta,
    /// Wakes the worker that sends messages.
    pub wake: Arc<Notify>,
    pub inbox_key: Option<String>,
}

impl App {
    /// To the millisecond, as it is kept: what an answer says and what is read later are the same.
    fn now(&self) -> DateTime<Utc> {
        (self.clock)().trunc_subsecs(3)
    }
}

pub(crate) fn router(app: Arc<App>) -> Router {
    let span = |request: &Request| {
        // the pattern of the route, not the path itself: a path may hold the key of the inbox
        let route = request
            .extensions()
            .get::<MatchedPath>()
            .map_or("(none)", MatchedPath::as_str);
        let id = request
            .headers()
            .get("x-request-id")
            .and_then(|id| id.to_str().ok())
            .unwrap_or_default();
        tracing::info_span!("call", method = %request.method(), route, id)
    };
    Router::new()
        .route(paths::HEALTH, get(queue::health))
        .route(paths::OPENAPI, get(openapi::document))
        .route(paths::SIGN_IN, post(sessions::sign_in))
        .route(paths::RULES, get(queue::rules))
        .route(paths::QUEUE, get(queue::queue))
        .route(paths::LEASES, get(leases::held).post(leases::take))
        .route(paths::RENEW_LEASES, post(leases::renew))
        .route(paths::RELEASE_LEASES, post(leases::release))
        .route(paths::SET_ASIDE, post(leases::set_aside))
        .route(paths::OVERTIME, post(queue::set_overtime))
        .route(paths::BLIND_PERCENT, post(queue::set_blind_percent))
        .route(paths::FLOOR, get(queue::floor))
        .route(paths::SEARCH, post(submissions::search))
        .route(paths::HISTORY, get(submissions::history))
        .route(paths::PHOTO, get(submissions::photo))
        .route(paths::SHOT, post(submissions::shot))
        .route(paths::MESSAGES, get(submissions::messages))
        .route(paths::DECISIONS, post(decisions::decide))
        .route(inbox::LIST, get(inbox::list))
        .route(inbox::STUDENT, get(inbox::student))
        .route(inbox::STYLE, get(inbox::style))
        .fallback(async || ApiError::new(ErrorCode::NotFound, "there is nothing here"))
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
        .layer(DefaultBodyLimit::max(BODY_MAX_BYTES))
        .layer(from_fn(within_patience))
        .layer(from_fn(with_headers))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_response(DefaultOnResponse::new().level(Level::INFO)),
        )
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .with_state(app)
}

async fn within_patience(request: Request, next: Next) -> Response {
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::new(ErrorCode::Unavailable, "the call took too long").into_response(),
    }
}

/// Answers hold personal data and are for the caller alone; a page loads nothing but its own style sheet.
async fn with_headers(request: Request, next: Next) -> Response {
    const HEADERS: [(HeaderName, &str); 5] = [
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ];
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
