//! HTTP in place of the window's own ways: assets, commands, photos, events, and what a test does to the world.

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use desk::Desk;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response};
use tauri::webview::InvokeRequest;
use tauri::{AppHandle, Listener, Manager, WebviewWindow};
use tests::backend::{TestClock, hide_in_demo};
use tests::line::{Line, Weather};
use tokio::sync::mpsc::unbounded_channel;
use tokio_stream::wrappers::UnboundedReceiverStream;
use tokio_stream::{Stream, StreamExt};

/// Stands for what tauri puts into the page.
const BRIDGE: &str = include_str!("bridge.js");
/// Where the page of the window lives: commands are for it alone.
const PAGE: &str = "tauri://localhost";

pub struct Served {
    pub app: AppHandle<MockRuntime>,
    pub window: WebviewWindow<MockRuntime>,
    pub clock: TestClock,
    pub line: Arc<OnceLock<Line>>,
    pub token: String,
    /// Where the desk and its demo keep theirs.
    pub data: PathBuf,
}

pub fn router(served: Served) -> Router {
    let served = Arc::new(served);
    Router::new()
        .route(
            "/bridge.js",
            get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], BRIDGE) }),
        )
        .route("/ipc/{command}", post(command))
        .route("/events/{name}", get(events))
        .route("/photo/{*path}", get(photo))
        .route("/world/advance/{ms}", post(advance))
        .route("/world/weather/{weather}", post(weather))
        .route("/world/hide/{percent}", post(hide))
        .fallback(asset)
        .layer(middleware::from_fn_with_state(Arc::clone(&served), known))
        .with_state(served)
}

/// Lets in who has the token: from the address the first time, in a cookie from then on.
async fn known(State(served): State<Arc<Served>>, request: Request, next: Next) -> Response {
    let cookie = format!("token={}", served.token);
    if request.uri().query() == Some(&cookie) {
        let keep = format!("{cookie}; HttpOnly; SameSite=Strict; Path=/");
        return ([(header::SET_COOKIE, keep)], Redirect::to("/")).into_response();
    }
    let sent = request
        .headers()
        .get(header::COOKIE)
        .and_then(|value| value.to_str().ok());
    if sent.is_some_and(|sent| sent.split("; ").any(|one| one == cookie)) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

/// The page as the program holds it, under the program's own content policy.
async fn asset(State(served): State<Arc<Served>>, uri: Uri) -> Response {
    let Some(asset) = served.app.asset_resolver().get(uri.path().to_owned()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut headers = HeaderMap::new();
    let mut put = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    put(header::CONTENT_TYPE, asset.mime_type());
    put(header::CACHE_CONTROL, "no-store");
    if let Some(policy) = asset.csp_header() {
        put(header::CONTENT_SECURITY_POLICY, policy);
    }
    let bytes = match asset.mime_type().starts_with("text/html") {
        true => String::from_utf8_lossy(asset.bytes())
            .replacen("<head>", "<head><script src=\"/bridge.js\"></script>", 1)
            .into_bytes(),
        false => asset.bytes().to_vec(),
    };
    (headers, bytes).into_response()
}

/// One command, as the window would call it: the very handler answers.
async fn command(State(served): State<Arc<Served>>, Path(cmd): Path<String>, body: Bytes) -> Response {
    let Ok(body) = serde_json::from_slice(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let Ok(url) = PAGE.parse() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let request = InvokeRequest {
        cmd,
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url,
        body: InvokeBody::Json(body),
        headers: HeaderMap::new(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    let answered = tokio::task::spawn_blocking(move || get_ipc_response(&served.window, request)).await;
    let json = [(header::CONTENT_TYPE, "application/json")];
    match answered {
        Ok(Ok(InvokeResponseBody::Json(text))) => (json, text).into_response(),
        Ok(Ok(InvokeResponseBody::Raw(bytes))) => bytes.into_response(),
        Ok(Err(refused)) => (StatusCode::UNPROCESSABLE_ENTITY, Json(refused)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What the shell emits under that name.
async fn events(
    State(served): State<Arc<Served>>,
    Path(name): Path<String>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (told, heard) = unbounded_channel();
    served.app.listen_any(name, move |event| {
        // A page that has gone hears nothing.
        let _ = told.send(event.payload().to_owned());
    });
    Sse::new(UnboundedReceiverStream::new(heard).map(|payload| Ok(Event::default().data(payload))))
}

async fn photo(State(served): State<Arc<Served>>, uri: Uri) -> Response {
    let desk = served.app.state::<Desk>().inner().clone();
    let path = uri.path().trim_start_matches("/photo");
    photo_review_desk::parts::photo(&desk, path).await.map(Into::into)
}

/// Moves the time of desk and backend, and lets the desk do what has become due.
async fn advance(State(served): State<Arc<Served>>, Path(ms): Path<i64>) -> Result<(), StatusCode> {
    served.clock.advance(chrono::TimeDelta::milliseconds(ms));
    due(&served).await
}

async fn weather(State(served): State<Arc<Served>>, Path(weather): Path<String>) -> Result<(), StatusCode> {
    let weather = match weather.as_str() {
        "fair" => Weather::Fair,
        "cut" => Weather::Cut,
        _ => return Err(StatusCode::NOT_FOUND),
    };
    served.line.get().ok_or(StatusCode::NOT_FOUND)?.set(weather);
    due(&served).await
}

/// On how many photos of a hundred the machine's verdict stays hidden at first.
async fn hide(State(served): State<Arc<Served>>, Path(percent): Path<u32>) -> Result<(), StatusCode> {
    let set = hide_in_demo(&served.data, percent).await;
    set.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

async fn due(served: &Served) -> Result<(), StatusCode> {
    let desk = served.app.state::<Desk>().inner().clone();
    let done = desk.sync_once(served.clock.now()).await;
    done.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}
