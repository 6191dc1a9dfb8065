//! From a request to a value of the contract, or to an error that the caller can act on.

use crate::ClientError;
use protocol::ErrorBody;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;

/// Far above any JSON answer of the contract.
const MOST_JSON_BYTES: usize = 8 * 1024 * 1024;

/// A successful answer, its body unread.
pub(crate) async fn send(request: RequestBuilder) -> Result<Response, ClientError> {
    let response = request.send().await.map_err(lost)?;
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    match body(response, MOST_JSON_BYTES)
        .await
        .map(|bytes| serde_json::from_slice::<ErrorBody>(&bytes))
    {
        Ok(Ok(error)) => Err(ClientError::of(error.code)),
        // Something between desk and backend that does not know the contract, such as a proxy.
        Ok(Err(_)) if is_passing(status) => Err(ClientError::Offline),
        Ok(Err(_)) => Err(ClientError::Broken("an error without a code")),
        Err(error) => Err(error),
    }
}

/// A value of the contract.
pub(crate) async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, ClientError> {
    let bytes = body(send(request).await?, MOST_JSON_BYTES).await?;
    serde_json::from_slice(&bytes).map_err(|_| ClientError::Broken("a body of another form"))
}

pub(crate) async fn body(mut response: Response, most_bytes: usize) -> Result<Vec<u8>, ClientError> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(lost)? {
        if bytes.len() + piece.len() > most_bytes {
            return Err(ClientError::Broken("a body that is too large"));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn lost(error: reqwest::Error) -> ClientError {
    if error.is_builder() {
        ClientError::BadAddress
    } else {
        ClientError::Offline
    }
}

fn is_passing(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
    )
}
