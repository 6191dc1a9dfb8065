//! Speaking to the backend as a desk does, but with the bare contract in hand.

use chrono::{DateTime, Utc};
use domain::{Account, AsideKind, Decision, DecisionId, LeaseId, Pinned, ReasonCode, Role, SubmissionId, Verdict};
use protocol::{
    BlindPercent, DecisionReceipt, ErrorBody, ErrorCode, Floor, Found, History, LeaseIds, LeasedSubmission, Overtime,
    Queue, RenewedLeases, Rules, Search, SentMessages, SetAside, Shot, ShotMatches, SignIn, SignedIn, TakeLeases,
    TakenLeases, paths,
};
use reqwest::{Client, Method, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tests::backend::{PASSWORD, TestBackend};

/// What came back where it was not a success.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    pub status: u16,
    pub code: ErrorCode,
}

pub fn refused(status: u16, code: ErrorCode) -> Refused {
    Refused { status, code }
}

pub type Answer<T> = Result<T, Refused>;

#[derive(Clone)]
pub struct Desk {
    http: Client,
    base: String,
    token: String,
    pub account: Account,
}

pub async fn sign_in(backend: &TestBackend, username: &str, password: &str) -> Answer<SignedIn> {
    let body = SignIn {
        username: username.into(),
        password: password.into(),
    };
    let response = Client::new()
        .post(backend.url(paths::SIGN_IN))
        .json(&body)
        .send()
        .await
        .unwrap();
    read(response).await
}

async fn read<T: DeserializeOwned>(response: Response) -> Answer<T> {
    let status = response.status();
    if status.is_success() {
        Ok(response.json().await.unwrap())
    } else {
        let body: ErrorBody = response.json().await.unwrap();
        Err(refused(status.as_u16(), body.code))
    }
}

/// Of a call that answers nothing.
async fn done(response: Response) -> Answer<()> {
    if response.status().is_success() {
        return Ok(());
    }
    read(response).await
}

impl Desk {
    /// Adds an account and signs it in.
    pub async fn of(backend: &TestBackend, username: &str, role: Role) -> Desk {
        backend.account(username, role).await;
        Desk::again(backend, username).await
    }

    /// Signs in an account that is there.
    pub async fn again(backend: &TestBackend, username: &str) -> Desk {
        let signed_in = sign_in(backend, username, PASSWORD).await.unwrap();
        Desk {
            http: Client::new(),
            base: backend.url(""),
            token: signed_in.token,
            account: signed_in.account,
        }
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    pub fn with_token(&self, token: &str) -> Desk {
        Desk {
            token: token.to_owned(),
            ..self.clone()
        }
    }

    pub async fn send<B: Serialize>(&self, method: Method, path: &str, body: Option<&B>) -> Response {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.unwrap()
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Answer<T> {
        read(self.send::<()>(Method::GET, path, None).await).await
    }

    async fn post<B: Serialize, T: DeserializeOwned>(&self, path: &str, body: &B) -> Answer<T> {
        read(self.send(Method::POST, path, Some(body)).await).await
    }

    pub async fn rules(&self) -> Answer<Rules> {
        self.get(paths::RULES).await
    }

    pub async fn queue(&self) -> Answer<Queue> {
        self.get(paths::QUEUE).await
    }

    pub async fn take(&self, count: u32, batch: Option<&str>) -> Answer<Vec<LeasedSubmission>> {
        let body = TakeLeases {
            count,
            batch: batch.map(|code| domain::BatchCode(code.into())),
        };
        self.post::<_, TakenLeases>(paths::LEASES, &body)
            .await
            .map(|taken| taken.leases)
    }

    pub async fn take_one(&self) -> LeasedSubmission {
        self.take(1, None).await.unwrap().remove(0)
    }

    pub async fn held(&self) -> Answer<Vec<LeasedSubmission>> {
        self.get::<TakenLeases>(paths::LEASES).await.map(|taken| taken.leases)
    }

    pub async fn renew(&self, leases: &[LeaseId]) -> Answer<RenewedLeases> {
        self.post(
            paths::RENEW_LEASES,
            &LeaseIds {
                leases: leases.to_vec(),
            },
        )
        .await
    }

    pub async fn release(&self, leases: &[LeaseId]) {
        let body = LeaseIds {
            leases: leases.to_vec(),
        };
        let response = self.send(Method::POST, paths::RELEASE_LEASES, Some(&body)).await;
        assert_eq!(response.status(), 204);
    }

    pub async fn photo(&self, submission: SubmissionId) -> Answer<(String, Vec<u8>)> {
        let path = paths::PHOTO.replace("{submission}", &submission.to_string());
        let response = self.send::<()>(Method::GET, &path, None).await;
        if !response.status().is_success() {
            return read::<()>(response).await.map(|()| unreachable!());
        }
        let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
        Ok((kind, response.bytes().await.unwrap().to_vec()))
    }

    pub async fn messages(&self, submission: SubmissionId) -> Answer<SentMessages> {
        self.get(&paths::MESSAGES.replace("{submission}", &submission.to_string()))
            .await
    }

    pub async fn history(&self, submission: SubmissionId) -> Answer<History> {
        self.get(&paths::HISTORY.replace("{submission}", &submission.to_string()))
            .await
    }

    pub async fn shot(&self, submission: SubmissionId, shot: &Shot) -> Answer<ShotMatches> {
        self.post(&paths::SHOT.replace("{submission}", &submission.to_string()), shot)
            .await
    }

    pub async fn search(&self, text: &str) -> Answer<Found> {
        self.post(paths::SEARCH, &Search { text: text.into() }).await
    }

    pub async fn floor(&self) -> Answer<Floor> {
        self.get(paths::FLOOR).await
    }

    pub async fn set_aside(&self, lease: LeaseId, kind: AsideKind, note: &str) -> Answer<()> {
        let body = SetAside {
            lease,
            kind,
            note: note.into(),
        };
        done(self.send(Method::POST, paths::SET_ASIDE, Some(&body)).await).await
    }

    pub async fn overtime(&self, allowed: bool) -> Answer<()> {
        done(
            self.send(Method::POST, paths::OVERTIME, Some(&Overtime { allowed }))
                .await,
        )
        .await
    }

    pub async fn set_blind_percent(&self, percent: u32) -> Answer<()> {
        let body = BlindPercent { percent };
        done(self.send(Method::POST, paths::BLIND_PERCENT, Some(&body)).await).await
    }

    pub async fn decide(&self, decision: &Decision) -> Answer<DecisionReceipt> {
        self.post(paths::DECISIONS, decision).await
    }

    /// A decision such as this desk would make.
    pub async fn decision(&self, leased: &LeasedSubmission, reasons: &[&str], at: DateTime<Utc>) -> Decision {
        let rules = self.rules().await.unwrap();
        Decision {
            id: DecisionId::new(),
            submission: leased.submission.id,
            batch: leased.submission.batch.clone(),
            lease: leased.lease.id,
            reviewer: self.account.id,
            verdict: if reasons.is_empty() {
                Verdict::Pass
            } else {
                Verdict::Reject
            },
            reasons: reasons.iter().map(|code| ReasonCode((*code).into())).collect(),
            note: String::new(),
            decided_at: at,
            photo_sha256: leased.submission.photo_sha256.clone(),
            pinned: Pinned {
                profile: leased.submission.profile.clone(),
                profile_version: "1".into(),
                analyzer_version: "0.1.0".into(),
                reasons_version: rules.reasons.version,
                calendar_version: rules.calendar.version,
            },
            look: None,
            corrects: None,
        }
    }
}
