//! What was decided, by whom, in which order, so that it can be shown a year later that nothing was altered.
//!
//! * [`Entry`]: one link of a desk's chain; each carries the hash of the one before it.
//! * [`BundleWriter`]: a span of the chain with its photos and reports as one plain tar that anybody can open.
//! * [`verify`] and [`open`]: read such a file as a stream and name the first thing in it that is not right.
//!
//! No IO beyond `Read` and `Write`, no clock, no storage. Only masked names ever get here.

mod archive;
mod bundle;
mod entry;
mod hash;
mod verify;

pub use bundle::{About, BundleWriter, FORMAT, Needs, VERSION, WriteError};
pub use entry::{Body, Decided, Entry, EntryError, Link};
pub use hash::{BadHash, Hash};
pub use verify::{Broken, Opened, Problem, Span, Verified, VerifyError, open, verify};

#[cfg(test)]
mod tests;
