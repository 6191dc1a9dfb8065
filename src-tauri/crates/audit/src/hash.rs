//! SHA-256 as a value, and the marks that keep one use of it apart from another.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// Written before what is hashed, so that the hash of one kind of thing can't pass for that of another.
pub(crate) const ENTRY_MARK: &[u8] = b"photo-review-desk audit entry 1\n";
pub(crate) const FILE_MARK: &[u8] = b"photo-review-desk audit file 1\n";

/// A SHA-256, in JSON and in words lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Hash(pub [u8; 32]);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 in lower-case hexadecimal")]
pub struct BadHash;

impl Hash {
    /// What the first entry of a chain names as its predecessor.
    pub const NONE: Hash = Hash([0; 32]);

    /// Of plain bytes, such as a photo's.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(Sha256::digest(bytes).into())
    }

    pub(crate) fn marked(mark: &[u8], bytes: &[u8]) -> Hash {
        Hash(Sha256::new().chain_update(mark).chain_update(bytes).finalize().into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash {
    type Err = BadHash;

    fn from_str(text: &str) -> Result<Hash, BadHash> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| BadHash)?;
        // One spelling only: upper case would be the same hash in other bytes.
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(BadHash);
        }
        Ok(Hash(bytes))
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> String {
        hash.to_string()
    }
}

impl TryFrom<String> for Hash {
    type Error = BadHash;

    fn try_from(text: String) -> Result<Hash, BadHash> {
        text.parse()
    }
}
