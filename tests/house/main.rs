//! The plan of the house, held against the house: who may import whom, generated files, the README's map.

mod imports;
mod map;

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the checkout")
}

/// The front end's types are those of the commands. `UPDATE=1 cargo test -p tests --test house` writes them anew.
#[test]
fn the_generated_typescript_is_fresh() {
    let path = root().join("ui/src/ipc/bindings.ts");
    let fresh = photo_review_desk::bindings().expect("the commands' types as TypeScript");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &fresh).expect("ui/src/ipc/bindings.ts");
    }
    let committed = std::fs::read_to_string(&path).expect("ui/src/ipc/bindings.ts");
    assert!(committed == fresh, "ui/src/ipc/bindings.ts is stale: run `UPDATE=1 cargo test -p tests --test house`");
}
