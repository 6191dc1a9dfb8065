//! The trained graphs: which files there are, and the proof that they are the right ones.
//! How a graph is run lives in [`crate::face`]. Nothing here opens a file: the caller hands in the bytes.

use std::io;

use sha2::{Digest, Sha256};

/// Sums of every file, in the form of `sha256sum`; `models/fetch` makes the files and checks them against the same list.
const SHA256SUMS: &str = include_str!("../models/SHA256SUMS");

pub(crate) const FACE_BOX: &str = "seeta_fd_frontal_v1.0.bin";
pub(crate) const FACE_MESH: &str = "face_landmark.onnx";
pub(crate) const IRIS: &str = "iris_landmark.onnx";
pub(crate) const PERSON_MASK: &str = "selfie_segmentation.onnx";

/// The bytes of the graphs, each with the right sum.
pub struct Models {
    pub(crate) face_box: Vec<u8>,
    pub(crate) face_mesh: Vec<u8>,
    pub(crate) iris: Vec<u8>,
    pub(crate) person_mask: Vec<u8>,
}

#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("the model file {name} is missing; run `make models`")]
    Missing { name: String },
    #[error("the model file {name} can't be read ({error}); run `make models`")]
    Unreadable { name: String, error: io::Error },
    #[error("the model file {name} is not the expected one (its SHA-256 differs); run `make models`")]
    Altered { name: String },
    /// The sum is right and yet the graph doesn't load: this program and its list of sums don't fit each other.
    #[error("the model file {name} doesn't load: {reason}")]
    Unusable { name: String, reason: String },
}

impl Models {
    /// Names of the files, as the reader given to [`Models::from_files`] will be asked for them.
    pub const FILES: [&'static str; 4] = [FACE_BOX, FACE_MESH, IRIS, PERSON_MASK];

    /// `read` gets a file's name and gives its bytes.
    pub fn from_files(mut read: impl FnMut(&str) -> io::Result<Vec<u8>>) -> Result<Self, ModelError> {
        let mut checked = |name: &str| -> Result<Vec<u8>, ModelError> {
            let bytes = read(name).map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => ModelError::Missing { name: name.to_owned() },
                _ => ModelError::Unreadable {
                    name: name.to_owned(),
                    error,
                },
            })?;
            if expected_sha256(name) != Some(hex::encode(Sha256::digest(&bytes)).as_str()) {
                return Err(ModelError::Altered { name: name.to_owned() });
            }
            Ok(bytes)
        };
        Ok(Self {
            face_box: checked(FACE_BOX)?,
            face_mesh: checked(FACE_MESH)?,
            iris: checked(IRIS)?,
            person_mask: checked(PERSON_MASK)?,
        })
    }
}

fn expected_sha256(name: &str) -> Option<&'static str> {
    SHA256SUMS.lines().find_map(|line| {
        let (sum, file) = line.split_once("  ")?;
        (file == name).then_some(sum)
    })
}
