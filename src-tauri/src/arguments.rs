//! What can be said on the command line.

use clap::Parser;
use std::path::PathBuf;

/// Photo Review Desk (审片台): judges credential photos.
#[derive(Parser, Debug)]
#[command(version)]
pub struct Arguments {
    /// Where the desk keeps its data; by default the user's own application data folder.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,

    /// Address of the collection backend.
    #[arg(long, value_name = "URL", conflicts_with = "demo")]
    pub backend: Option<String>,

    /// Runs a collection backend of its own on this machine, kept in the data folder, and fills its queue from DIR:
    /// sample batches, or any folder of JPEG and PNG files.
    #[arg(long, value_name = "DIR")]
    pub demo: Option<PathBuf>,

    /// Where the analyzer's graphs lie; by default beside the program.
    #[arg(long, value_name = "DIR", env = "PHOTO_DESK_MODELS")]
    pub models: Option<PathBuf>,

    /// Where a newer program is announced, for whoever switches that on in the settings: a file with a minisign signature
    /// beside it.
    #[arg(long, value_name = "URL", env = "PHOTO_DESK_UPDATES_URL")]
    pub updates_url: Option<String>,

    /// The public key of that signature.
    #[arg(long, value_name = "KEY", env = "PHOTO_DESK_UPDATES_KEY")]
    pub updates_key: Option<String>,
}
