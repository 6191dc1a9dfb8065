//! The plan of the house, held against the house: who may import whom, generated files, the README's map.

mod imports;
mod map;

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .expect("the checkout")
}

/// The front end's types are those of the commands. `UPDATE=1 cargo test -p tests --test house` writes them anew.
#[test]
fn the_generated_typescript_is_fresh() {
    let path = root().join("ui/src/ipc/bindings.ts");
    let folder = tempfile::tempdir().expect("a folder");
    let fresh_path = folder.path().join("bindings.ts");
    photo_review_desk::write_bindings(&fresh_path).expect("the commands' types as TypeScript");
    let read = |path: &Path| std::fs::read_to_string(path).expect("TypeScript");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::copy(&fresh_path, &path).expect("ui/src/ipc/bindings.ts");
    }
    let fresh = read(&fresh_path) == read(&path);
    assert!(
        fresh,
        "ui/src/ipc/bindings.ts is stale: run `UPDATE=1 cargo test -p tests --test house`"
    );
}
