//! Signs that a photo is not as the camera made it: a fine regular pattern, a print's edges, a frame, letters, a bad
//! cut-out. One measure a file in `integrity/`. Must not live here: how much of a sign is too much.

pub mod cut_out;
pub mod edges;
pub mod letters;
pub mod spectrum;
