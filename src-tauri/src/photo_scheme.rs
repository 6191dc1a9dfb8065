//! `photo://`: the very bytes of a photo for an `<img>`, outside JSON. Paths: `submission/ID` for what this desk holds,
//! `screen/ID` for the same or a copy of a screen's size, `audit/DECISION` for what an opened audit file holds. Answers only
//! while somebody is signed in.

use desk::Desk;
use std::sync::Arc;
use tauri::http::{Response, StatusCode, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

pub const SCHEME: &str = "photo";

enum Wanted {
    Submission(desk::domain::SubmissionId),
    Screen(desk::domain::SubmissionId),
    Audit(desk::domain::DecisionId),
}

/// The page escapes the slash, the address bar does not: both are understood.
fn wanted(path: &str) -> Option<Wanted> {
    let path = path.trim_start_matches('/').replace("%2F", "/").replace("%2f", "/");
    let (kind, id) = path.split_once('/')?;
    match kind {
        "submission" => id.parse().ok().map(Wanted::Submission),
        "screen" => id.parse().ok().map(Wanted::Screen),
        "audit" => id.parse().ok().map(Wanted::Audit),
        _ => None,
    }
}

/// Asynchronous, so that a slow disk never freezes the window.
pub fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: tauri::http::Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let desk = context.app_handle().state::<Desk>().inner().clone();
    tauri::async_runtime::spawn(async move { responder.respond(photo(&desk, request.uri().path()).await) });
}

/// What is at `path`.
pub async fn photo(desk: &Desk, path: &str) -> Response<Vec<u8>> {
    let bytes = match wanted(path) {
        Some(Wanted::Submission(id)) => desk.photo_bytes(id).await.map(Arc::unwrap_or_clone),
        Some(Wanted::Screen(id)) => desk.screen_bytes(id).await.map(Arc::unwrap_or_clone),
        Some(Wanted::Audit(id)) => desk.audit_photo_bytes(id).await,
        None => return empty(StatusCode::BAD_REQUEST),
    };
    match bytes {
        Ok(bytes) => picture(bytes),
        Err(error) => {
            tracing::warn!(code = ?error.code(), "a photo could not be handed to the window");
            empty(StatusCode::NOT_FOUND)
        }
    }
}

fn picture(bytes: Vec<u8>) -> Response<Vec<u8>> {
    let kind = if bytes.starts_with(b"\x89PNG") {
        "image/png"
    } else {
        "image/jpeg"
    };
    Response::builder()
        .header(header::CONTENT_TYPE, kind)
        // The bytes of an id never change; they stay in the page's memory and go nowhere else.
        .header(header::CACHE_CONTROL, "private, no-store")
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(bytes)
        .unwrap_or_else(|_| empty(StatusCode::INTERNAL_SERVER_ERROR))
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_of_the_three_kinds_are_understood() {
        let id = desk::domain::SubmissionId::new();
        assert!(matches!(wanted(&format!("/submission%2F{id}")), Some(Wanted::Submission(got)) if got == id));
        assert!(matches!(wanted(&format!("/submission/{id}")), Some(Wanted::Submission(got)) if got == id));
        assert!(matches!(wanted(&format!("/screen%2F{id}")), Some(Wanted::Screen(got)) if got == id));
        assert!(matches!(wanted(&format!("/audit%2F{id}")), Some(Wanted::Audit(_))));
        for bad in [
            "",
            "/",
            "/submission",
            "/submission/../x",
            "/etc/passwd",
            "/other/1",
            "/audit%2F",
        ] {
            assert!(wanted(bad).is_none(), "{bad}");
        }
    }
}
