//! Talking to the collection backend: signing in, leases, photos, decisions. What can be asked without signing in is on
//! [`Client`], the rest on the [`Session`] that signing in gives.
//!
//! Whether a call is tried again is decided here ([`retry`]) and nowhere else. No storage, and no opinion on what an
//! answer means for the desk.

mod answer;
mod error;
mod photo;
pub mod retry;
mod session;
pub mod updates;

pub use error::{ClientError, code_name};
pub use photo::MOST_PHOTO_BYTES;
pub use protocol::{
    Attempt, DecisionReceipt, ErrorCode as BackendCode, Floor, FloorBatch, FloorReviewer, Found, FoundSubmission,
    History, LeasedSubmission, MOST_LEASES, MessageState, NOTE_MAX_CHARS, Queue, QueuedBatch, ReceivedDecision,
    RenewedLeases, Rules, SentMessage, Shot, USUAL_BLIND_PERCENT,
};
pub use session::Session;

use protocol::{SignIn, SignedIn, paths};
use reqwest::Url;
use std::time::Duration;

/// A desk is on the same network as its backend: who does not answer within this is not there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
pub(crate) const CALL_TIMEOUT: Duration = Duration::from_secs(10);

/// A way to one backend. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
}

impl Client {
    /// `base_url` such as `https://collection.example.edu` or `http://127.0.0.1:8080`; a path in it is kept.
    ///
    /// # Errors
    /// [`ClientError::BadAddress`]
    pub fn new(base_url: &str) -> Result<Client, ClientError> {
        let base = Url::parse(base_url.trim_end_matches('/')).map_err(|_| ClientError::BadAddress)?;
        let host = base.host_str().ok_or(ClientError::BadAddress)?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(ClientError::BadAddress);
        }
        let mut builder = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(CALL_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none());
        if matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(|_| ClientError::BadAddress)?;
        Ok(Client { http, base })
    }

    /// # Errors
    /// [`ClientError::WrongPassword`], [`ClientError::TooManyAttempts`], or as any call.
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<Session, ClientError> {
        let body = SignIn {
            username: username.to_owned(),
            password: password.to_owned(),
        };
        // Not tried again: a second wrong password would count as one more.
        let request = self.http.post(self.url(paths::SIGN_IN)).json(&body);
        let signed_in: SignedIn = answer::read(request).await?;
        Ok(Session::new(self.clone(), signed_in))
    }

    /// Whether the backend is there.
    ///
    /// # Errors
    /// [`ClientError::Offline`] where it is not.
    pub async fn health(&self) -> Result<(), ClientError> {
        answer::send(self.http.get(self.url(paths::HEALTH))).await.map(|_| ())
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base.as_str().trim_end_matches('/'))
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }
}

#[cfg(test)]
mod tests;
