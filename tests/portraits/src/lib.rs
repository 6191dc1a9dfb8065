//! The portrait studio: shaded head-and-shoulders sitters from parameters, with exact truth. The same seed gives the
//! same bytes. Nothing here judges a photo; it only takes them.
#![forbid(unsafe_code)]

mod afterwards;
mod archive;
mod body;
mod casting;
mod clutter;
mod defect;
mod develop;
mod features;
mod frame;
mod grain;
mod hair;
mod head;
mod landmarks;
mod lettering;
mod light;
mod math;
mod mesh;
mod names;
mod portrait;
mod reuse;
mod samples;
mod shade;
mod shot;
pub mod sitter;
mod strands;
mod worn;

pub use archive::{Taken, archive, taken};
pub use casting::BACKGROUNDS;
pub use defect::Defect;
pub use grain::with_grain;
pub use names::check_digit;
pub use portrait::{Portrait, Truth, locate, render};
pub use reuse::{Reuse, reused};
pub use samples::{Batch, STUDIO_VERSION, Sample, SampleTruth, Written, write as write_samples};
pub use sitter::{Encoding, Sitter};
