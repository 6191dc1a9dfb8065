//! What the front end is told when something did not work: a code to branch on, nothing personal.

use desk::ErrorView;

pub type Answer<T> = Result<T, ErrorView>;

/// The log keeps the code, the page gets what it needs to word it.
pub fn told(error: desk::Error) -> ErrorView {
    tracing::warn!(code = ?error.code(), "a command did not work");
    error.view()
}

/// Why the desk could not be started at all; printed, and shown in a box where there is a screen.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the desk's data folder can't be used: {0}")]
    DataFolder(std::io::Error),
    #[error("the analyzer can't start: {0}")]
    Analyzer(String),
    #[error("the desk's data can't be opened: {0}")]
    Desk(#[from] desk::Error),
    #[error("the key of the desk's data: {0}")]
    Key(#[from] desk::KeyError),
    #[error("the embedded collection backend can't start: {0}")]
    Backend(String),
    #[error("the window can't be opened: {0}\nIs there a display? Without one, use a desktop session or `xvfb-run`.")]
    Window(#[from] tauri::Error),
}
