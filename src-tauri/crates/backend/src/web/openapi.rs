//! The contract as an OpenAPI document.

use super::{decisions, leases, queue, sessions, submissions};
use axum::Json;
use protocol::paths;
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

#[derive(OpenApi)]
#[openapi(
    info(title = "Collection backend", description = "Between the reviewers' desks and the collection backend."),
    paths(
        queue::health,
        document,
        sessions::sign_in,
        queue::rules,
        queue::queue,
        queue::floor,
        queue::set_overtime,
        queue::set_blind_percent,
        leases::take,
        leases::held,
        leases::renew,
        leases::release,
        leases::set_aside,
        submissions::photo,
        submissions::messages,
        submissions::history,
        submissions::shot,
        submissions::search,
        decisions::decide,
    ),
    modifiers(&Bearer),
    security(("session" = []))
)]
struct Document;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("session", scheme);
    }
}

pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// This document.
#[utoipa::path(get, path = paths::OPENAPI, tag = "state", security(()), responses((status = 200)))]
pub async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(openapi())
}
