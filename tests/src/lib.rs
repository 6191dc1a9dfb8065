//! What the tests of several rooms share: real parts, started and stopped in the test's own folder.

pub mod backend;
pub mod desk;
pub mod line;
pub mod photo;
pub mod runtime;
pub mod screen;
pub mod window;
