//! Whether there is a newer program: one signed file at one address. Nothing else is fetched, nothing is installed, and
//! nobody is asked who does not switch it on.

use crate::answer;
use minisign_verify::{PublicKey, Signature};
use reqwest::Url;
use semver::Version;
use serde::Deserialize;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(10);
const MOST_BYTES: usize = 64 * 1024;

/// Where a newer program is announced, and whose signature counts.
#[derive(Clone, Debug)]
pub struct UpdateSource {
    /// Of the manifest; its signature lies beside it, with `.minisig` at the end.
    pub url: String,
    /// The signer's public key, as minisign prints it.
    pub public_key: String,
}

/// The manifest.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Update {
    pub version: String,
    /// What is new, for people.
    #[serde(default)]
    pub notes: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UpdateError {
    #[error("nobody answers at the address of updates, or not with the file")]
    Away,
    #[error("the address of updates must be https, or on this machine")]
    BadAddress,
    #[error("the announcement is not signed with the key of this program")]
    NotSigned,
    #[error("the announcement can't be read")]
    Unreadable,
}

/// What is announced, where it is newer than `current`.
///
/// # Errors
/// Whatever is not a signed announcement; what it says is not looked at then.
pub async fn newer(source: &UpdateSource, current: &str) -> Result<Option<Update>, UpdateError> {
    let key = PublicKey::from_base64(source.public_key.trim()).map_err(|_| UpdateError::NotSigned)?;
    let manifest = fetch(&source.url).await?;
    let signature = fetch(&format!("{}.minisig", source.url)).await?;
    let signature = String::from_utf8(signature).map_err(|_| UpdateError::NotSigned)?;
    let signature = Signature::decode(&signature).map_err(|_| UpdateError::NotSigned)?;
    key.verify(&manifest, &signature, false)
        .map_err(|_| UpdateError::NotSigned)?;
    let update: Update = serde_json::from_slice(&manifest).map_err(|_| UpdateError::Unreadable)?;
    let version = |text: &str| Version::parse(text).map_err(|_| UpdateError::Unreadable);
    Ok((version(&update.version)? > version(current)?).then_some(update))
}

async fn fetch(url: &str) -> Result<Vec<u8>, UpdateError> {
    let url = Url::parse(url).map_err(|_| UpdateError::BadAddress)?;
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if url.scheme() != "https" && !(url.scheme() == "http" && here) {
        return Err(UpdateError::BadAddress);
    }
    let mut builder = reqwest::Client::builder()
        .timeout(TIMEOUT)
        .redirect(reqwest::redirect::Policy::none());
    if here {
        builder = builder.no_proxy();
    }
    let http = builder.build().map_err(|_| UpdateError::BadAddress)?;
    let response = http.get(url).send().await.map_err(|_| UpdateError::Away)?;
    if !response.status().is_success() {
        return Err(UpdateError::Away);
    }
    answer::body(response, MOST_BYTES).await.map_err(|_| UpdateError::Away)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::routing::get;
    use minisign::KeyPair;
    use std::io::Cursor;
    use tokio::net::TcpListener;

    /// A place on this machine that serves a manifest and a signature, and the key that it should be signed with.
    async fn announced(manifest: &'static str, signed: &str) -> UpdateSource {
        let KeyPair { pk, sk } = KeyPair::generate_unencrypted_keypair().unwrap();
        let signature = minisign::sign(None, &sk, Cursor::new(signed.to_owned()), None, None).unwrap();
        let signature = signature.into_string();
        let router = Router::new()
            .route("/latest.json", get(move || async move { manifest }))
            .route("/latest.json.minisig", get(move || async move { signature }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/latest.json", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        UpdateSource {
            url,
            public_key: pk.to_base64(),
        }
    }

    const NEW: &str = r#"{"version":"0.10.0","notes":"更快"}"#;

    #[tokio::test]
    async fn a_newer_program_is_told_of_an_older_is_not() {
        let source = announced(NEW, NEW).await;
        let told = newer(&source, "0.9.2").await.unwrap().unwrap();
        assert_eq!((told.version.as_str(), told.notes.as_str()), ("0.10.0", "更快"));
        assert_eq!(newer(&source, "0.10.0").await, Ok(None));
        assert_eq!(newer(&source, "1.0.0").await, Ok(None));
    }

    #[tokio::test]
    async fn what_is_not_signed_with_the_key_is_not_believed() {
        let altered = announced(NEW, r#"{"version":"0.9.0"}"#).await;
        assert_eq!(newer(&altered, "0.9.2").await, Err(UpdateError::NotSigned));
        let mut another = announced(NEW, NEW).await;
        another.public_key = announced(NEW, NEW).await.public_key;
        assert_eq!(newer(&another, "0.9.2").await, Err(UpdateError::NotSigned));
        let nonsense = announced("not json", "not json").await;
        assert_eq!(newer(&nonsense, "0.9.2").await, Err(UpdateError::Unreadable));
    }

    #[tokio::test]
    async fn only_https_and_this_machine_are_asked() {
        let mut source = announced(NEW, NEW).await;
        for bad in ["http://updates.example.edu/latest.json", "ftp://127.0.0.1/x", "nowhere"] {
            source.url = bad.to_owned();
            assert_eq!(newer(&source, "0.9.2").await, Err(UpdateError::BadAddress), "{bad}");
        }
        source.url = "http://127.0.0.1:9/latest.json".to_owned();
        assert_eq!(newer(&source, "0.9.2").await, Err(UpdateError::Away));
    }
}
