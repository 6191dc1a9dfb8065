//! The desktop shell: arguments, the window, thin commands, the `photo://` scheme, errors as JSON.
//! Never SQL, never HTTP, never a rule of the trade: those are in `desk` and below.

mod arguments;
mod commands;
mod demo;
mod error;
mod files;
mod frame;
mod memory;
mod photo_scheme;
mod start;
mod window;

use clap::Parser;
use std::process::ExitCode;

/// The desk for a runtime and a world of a test's own: the same commands, the same page.
pub mod parts {
    pub use crate::arguments::Arguments;
    pub use crate::error::StartError;
    pub use crate::photo_scheme::photo;
    pub use crate::start::{Running, World};
    pub use crate::window::{context, furnished, open};
}

/// Runs the desk until its window is closed.
pub fn run() -> ExitCode {
    memory::give_back_what_is_free();
    let arguments = arguments::Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    match window::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the front end's half of the commands and their types, as TypeScript, to `path`.
///
/// # Errors
/// Where a type can't be put into TypeScript, or the file can't be written.
pub fn write_bindings(path: &std::path::Path) -> Result<(), specta_typescript::Error> {
    commands::write_bindings(path)
}
