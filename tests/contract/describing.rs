//! What the backend says of itself: rules, errors, the OpenAPI document.

use crate::call::{Desk, refused};
use backend::{ServeError, serve};
use domain::Role;
use protocol::{ErrorBody, ErrorCode, paths};
use reqwest::{Client, Method};
use std::collections::BTreeSet;
use std::fs;
use tests::backend::{Dialect, TestBackend};

pub async fn the_rules_are_served_and_a_version_means_one_thing(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    let rules = desk.rules().await.unwrap();
    assert_eq!(rules, backend::rules::load(None, None).unwrap());
    let (reasons, calendar) = (
        backend.folder().join("reasons.json"),
        backend.folder().join("calendar.json"),
    );
    let refused_start = async |change: &dyn Fn(&mut backend::Config)| {
        let mut config = backend.config();
        change(&mut config);
        match serve(config, backend.clock.clock()).await {
            Err(ServeError::Rules(error)) => error.to_string(),
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("it started"),
        }
    };
    let mut other = rules.reasons.clone();
    other.reasons[0].advice_zh = "另一句话。".into();
    fs::write(&reasons, serde_json::to_vec(&other).unwrap()).unwrap();
    let mut holidays = rules.calendar.clone();
    holidays.makeup_days_count = true;
    fs::write(&calendar, serde_json::to_vec(&holidays).unwrap()).unwrap();
    for (said, kind) in [
        (
            refused_start(&|config| config.reasons = Some(reasons.clone())).await,
            "reasons",
        ),
        (
            refused_start(&|config| config.calendar = Some(calendar.clone())).await,
            "calendar",
        ),
    ] {
        assert!(
            said.contains(kind) && said.contains("give the new content a new version"),
            "{said}"
        );
    }
    other.reasons[0].zh = "长".repeat(21);
    fs::write(&reasons, serde_json::to_vec(&other).unwrap()).unwrap();
    let said = refused_start(&|config| config.reasons = Some(reasons.clone())).await;
    assert!(
        said.contains("reasons.json won't do: the reason image_size has 21 characters"),
        "{said}"
    );
    fs::write(&calendar, "{}").unwrap();
    let said = refused_start(&|config| config.calendar = Some(calendar.clone())).await;
    assert!(said.contains("calendar.json is not of the right form"), "{said}");
}

pub async fn everything_wrong_is_an_error_of_the_contract(dialect: Dialect) {
    let backend = TestBackend::with(dialect, |_| {}).await;
    let desk = Desk::of(&backend, "li", Role::Reviewer).await;
    assert_eq!(reqwest::get(backend.url(paths::HEALTH)).await.unwrap().status(), 204);
    let call = async |method: Method, path: &str, body: &str| {
        let request = Client::new()
            .request(method, backend.url(path))
            .bearer_auth(desk.token());
        let response = request
            .header("content-type", "application/json")
            .body(body.to_owned())
            .send()
            .await
            .unwrap();
        assert!(response.headers().contains_key("x-request-id"));
        assert_eq!(response.headers()["cache-control"], "no-store");
        let status = response.status().as_u16();
        let error: ErrorBody = response.json().await.unwrap();
        assert!(!error.message.contains("鲍奕辰"), "what was sent is not repeated");
        refused(status, error.code)
    };
    let not_found = refused(404, ErrorCode::NotFound);
    let bad = |status| refused(status, ErrorCode::BadRequest);
    assert_eq!(call(Method::GET, "/v1/nothing", "").await, not_found);
    assert_eq!(
        call(Method::GET, "/v1/submissions/not-an-id/photo", "").await,
        not_found
    );
    assert_eq!(call(Method::GET, "/v1/submissions/%ff/photo", "").await, not_found);
    assert_eq!(call(Method::DELETE, paths::DECISIONS, "").await, bad(405));
    assert_eq!(call(Method::POST, paths::DECISIONS, "{").await, bad(400));
    assert_eq!(
        call(Method::POST, paths::LEASES, r#"{"count": "鲍奕辰"}"#).await,
        bad(400)
    );
    assert_eq!(
        call(Method::POST, paths::LEASES, r#"{"count": -1, "batch": null}"#).await,
        bad(400)
    );
    assert_eq!(
        call(Method::POST, paths::LEASES, &" ".repeat(300 * 1024)).await,
        bad(413)
    );
}

/// Every path of the contract is described, and no type is left without its description.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_document_describes_every_path() {
    let backend = TestBackend::with(Dialect::Sqlite, |_| {}).await;
    let text = reqwest::get(backend.url(paths::OPENAPI))
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document, serde_json::to_value(backend::openapi()).unwrap());

    let mut calls = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, call) in methods.as_object().unwrap() {
            let answers: Vec<&str> = call["responses"]
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .collect();
            calls.insert(format!("{method} {path}: {}", answers.join(" ")));
        }
    }
    insta::assert_snapshot!(calls.into_iter().collect::<Vec<_>>().join("\n"), @"
    get /health: 204 503
    get /openapi.json: 200
    get /v1/floor: 200 401 403
    get /v1/leases: 200 401
    get /v1/queue: 200 401
    get /v1/rules: 200 401
    get /v1/submissions/{submission}/history: 200 401 403 404
    get /v1/submissions/{submission}/messages: 200 401 403 404
    get /v1/submissions/{submission}/photo: 200 401 403 404
    post /v1/blind-percent: 204 400 401 403
    post /v1/decisions: 200 400 401 403 404 409 422
    post /v1/leases/release: 204 400 401
    post /v1/leases/renew: 200 400 401
    post /v1/leases: 200 400 401
    post /v1/overtime: 204 401 403
    post /v1/search: 200 400 401
    post /v1/set-aside: 204 400 401 409
    post /v1/sign-in: 200 400 401 429
    post /v1/submissions/{submission}/shot: 200 400 401 403 404
    ");
    let contract = include_str!("../../src-tauri/crates/protocol/src/paths.rs");
    let paths: Vec<&str> = contract.split('"').skip(1).step_by(2).collect();
    assert!(paths.len() >= 11);
    for path in paths {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    for (at, reference) in text.match_indices("#/components/schemas/") {
        let name = text[at + reference.len()..].split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}
