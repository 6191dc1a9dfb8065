//! The client against a server that misbehaves.

use crate::{Client, ClientError, Session, code_name};
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use domain::{
    Account, BatchCode, Decision, DecisionId, LeaseId, Pinned, ReviewerId, Role, Student, StudentId, Submission,
    SubmissionId, Verdict,
};
use protocol::{DecisionReceipt, ErrorBody, ErrorCode, LeaseIds, RenewedLeases, SignedIn, paths};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::net::TcpListener;

const TOKEN: &str = "a-token";

fn now() -> DateTime<Utc> {
    "2026-11-24T02:00:00Z".parse().unwrap()
}

fn json(value: &impl serde::Serialize) -> axum::response::Response {
    (StatusCode::OK, serde_json::to_string(value).unwrap()).into_response()
}

fn error(status: u16, code: ErrorCode) -> axum::response::Response {
    let body = ErrorBody {
        code,
        message: "no".into(),
    };
    (
        StatusCode::from_u16(status).unwrap(),
        serde_json::to_string(&body).unwrap(),
    )
        .into_response()
}

/// Counts its calls.
#[derive(Clone, Default)]
struct Calls(Arc<AtomicU32>);

impl Calls {
    fn next(&self) -> u32 {
        self.0.fetch_add(1, Ordering::SeqCst)
    }

    fn count(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Serves the router; signs in.
async fn signed_in(router: Router) -> Session {
    let account = Account {
        id: ReviewerId::new(),
        username: "li".into(),
        display_name: "审核员 07".into(),
        role: Role::Reviewer,
    };
    let answer = SignedIn {
        token: TOKEN.into(),
        expires_at: now(),
        account,
    };
    let router = router.route(paths::SIGN_IN, post(move || async move { json(&answer) }));
    serve(router).await.sign_in("li", "secret").await.unwrap()
}

async fn serve(router: Router) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Client::new(&format!("http://{address}/")).unwrap()
}

fn submission(bytes: &[u8]) -> Submission {
    Submission {
        id: SubmissionId::new(),
        student: Student {
            id: StudentId::new(),
            name: "刘碧".into(),
            id_number: "990101200301012345".into(),
            student_no: "1".into(),
        },
        batch: BatchCode("B1".into()),
        school: "示例大学".into(),
        attempt: 1,
        submitted_at: now(),
        profile: "chsi-2017".into(),
        photo_sha256: hex::encode(Sha256::digest(bytes)),
        photo_bytes: bytes.len() as u32,
    }
}

fn decision() -> Decision {
    Decision {
        id: DecisionId::new(),
        submission: SubmissionId::new(),
        batch: BatchCode("B1".into()),
        lease: LeaseId::new(),
        reviewer: ReviewerId::new(),
        verdict: Verdict::Pass,
        reasons: vec![],
        note: String::new(),
        decided_at: now(),
        photo_sha256: String::new(),
        pinned: Pinned {
            profile: String::new(),
            profile_version: String::new(),
            analyzer_version: String::new(),
            reasons_version: String::new(),
            calendar_version: String::new(),
        },
        look: None,
        corrects: None,
    }
}

#[tokio::test]
async fn each_refusal_says_what_the_caller_can_do() {
    for (status, code, expected) in [
        (401, ErrorCode::WrongPassword, ClientError::WrongPassword),
        (429, ErrorCode::TooManyAttempts, ClientError::TooManyAttempts),
        (401, ErrorCode::NotSignedIn, ClientError::SignInAgain),
        (
            403,
            ErrorCode::NotAllowed,
            ClientError::Refused {
                code: ErrorCode::NotAllowed,
            },
        ),
        (
            404,
            ErrorCode::NotFound,
            ClientError::Refused {
                code: ErrorCode::NotFound,
            },
        ),
        (
            409,
            ErrorCode::LeaseEnded,
            ClientError::Conflict {
                code: ErrorCode::LeaseEnded,
            },
        ),
        (
            409,
            ErrorCode::AlreadyDecided,
            ClientError::Conflict {
                code: ErrorCode::AlreadyDecided,
            },
        ),
        (
            422,
            ErrorCode::InvalidDecision,
            ClientError::Refused {
                code: ErrorCode::InvalidDecision,
            },
        ),
        (500, ErrorCode::Internal, ClientError::Broken("it failed")),
        (503, ErrorCode::Unavailable, ClientError::Offline),
    ] {
        let client = serve(Router::new().route(paths::SIGN_IN, post(move || async move { error(status, code) }))).await;
        assert_eq!(client.sign_in("li", "secret").await.unwrap_err(), expected);
    }
    assert_eq!(code_name(ErrorCode::LeaseEnded), "lease_ended");
}

#[tokio::test]
async fn nobody_there_is_offline() {
    // A port that was free a moment ago.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Client::new(&format!("http://{address}")).unwrap();
    assert_eq!(client.health().await, Err(ClientError::Offline));
    assert_eq!(client.sign_in("li", "secret").await.unwrap_err(), ClientError::Offline);
}

#[tokio::test]
async fn what_may_arrive_twice_is_tried_again_and_what_may_not_is_not() {
    let (sent, taken) = (Calls::default(), Calls::default());
    let (sent_there, taken_there) = (sent.clone(), taken.clone());
    let router = Router::new()
        .route(
            paths::DECISIONS,
            post(move |body: Bytes| async move {
                if sent_there.next() < 2 {
                    return error(503, ErrorCode::Unavailable);
                }
                let decision: Decision = serde_json::from_slice(&body).unwrap();
                json(&DecisionReceipt {
                    decision: decision.id,
                    applied_now: true,
                    received_at: now(),
                })
            }),
        )
        .route(
            paths::LEASES,
            post(move || async move {
                taken_there.next();
                error(503, ErrorCode::Unavailable)
            }),
        );
    let session = signed_in(router).await;
    assert!(session.send_decision(&decision()).await.unwrap().applied_now);
    assert_eq!(sent.count(), 3);
    assert_eq!(session.take_leases(5, None).await.unwrap_err(), ClientError::Offline);
    assert_eq!(taken.count(), 1);
}

#[tokio::test]
async fn a_conflict_is_final() {
    let calls = Calls::default();
    let there = calls.clone();
    let conflict = move || async move {
        there.next();
        error(409, ErrorCode::AlreadyDecided)
    };
    let session = signed_in(Router::new().route(paths::DECISIONS, post(conflict))).await;
    let expected = ClientError::Conflict {
        code: ErrorCode::AlreadyDecided,
    };
    assert_eq!(session.send_decision(&decision()).await.unwrap_err(), expected);
    assert_eq!(calls.count(), 1);
}

#[tokio::test]
async fn only_the_leased_photo_is_taken_and_no_byte_more() {
    const PHOTO: &[u8] = b"the leased photo";
    let route = |bytes: &'static [u8]| {
        Router::new().route(
            paths::PHOTO,
            get(move |headers: HeaderMap| async move {
                assert_eq!(headers["authorization"], format!("Bearer {TOKEN}"));
                bytes
            }),
        )
    };
    let leased = submission(PHOTO);
    assert_eq!(signed_in(route(PHOTO)).await.photo(&leased).await.unwrap(), PHOTO);
    for other in [
        &b"the leased phot0"[..],
        b"the leased photo and more",
        b"the leased",
        b"",
    ] {
        let session = signed_in(route(other)).await;
        assert_eq!(session.photo(&leased).await.unwrap_err(), ClientError::WrongPhoto);
    }
}

#[tokio::test]
async fn an_answer_of_another_form_is_broken_and_a_proxys_is_offline() {
    let text = |status: u16| move || async move { (StatusCode::from_u16(status).unwrap(), "<html>") };
    for (status, expected) in [
        (200, ClientError::Broken("a body of another form")),
        (404, ClientError::Broken("an error without a code")),
        (302, ClientError::Broken("an error without a code")),
        (502, ClientError::Offline),
    ] {
        let session = signed_in(Router::new().route(paths::QUEUE, get(text(status)))).await;
        assert_eq!(session.queue().await.unwrap_err(), expected, "{status}");
    }
    let other = post(|| async {
        json(&DecisionReceipt {
            decision: DecisionId::new(),
            applied_now: true,
            received_at: now(),
        })
    });
    let session = signed_in(Router::new().route(paths::DECISIONS, other)).await;
    let expected = ClientError::Broken("a receipt for another decision");
    assert_eq!(session.send_decision(&decision()).await.unwrap_err(), expected);
}

#[tokio::test]
async fn a_heartbeat_for_many_goes_out_in_parts() {
    let calls = Calls::default();
    let there = calls.clone();
    let renew = move |body: Bytes| async move {
        there.next();
        let ids: LeaseIds = serde_json::from_slice(&body).unwrap();
        assert!(ids.leases.len() <= 100);
        json(&RenewedLeases {
            renewed: vec![],
            lost: ids.leases,
        })
    };
    let session = signed_in(Router::new().route(paths::RENEW_LEASES, post(renew))).await;
    let leases: Vec<LeaseId> = (0..250).map(|_| LeaseId::new()).collect();
    assert_eq!(session.renew(&leases).await.unwrap().lost, leases);
    assert_eq!(calls.count(), 3);
}

#[test]
fn only_an_http_address_is_an_address() {
    for address in ["", "collection.example", "ftp://collection.example", "file:///etc"] {
        assert_eq!(Client::new(address).unwrap_err(), ClientError::BadAddress, "{address}");
    }
    let client = Client::new("https://collection.example/base/").unwrap();
    assert_eq!(client.url(paths::RULES), "https://collection.example/base/v1/rules");
}
