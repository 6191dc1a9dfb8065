//! Lets tauri read its configuration, and says plainly what to run first where the front end is not built yet.

fn main() {
    if !std::path::Path::new("../ui/dist/index.html").exists() {
        println!("cargo::error=the front end is not built: run `make ui` at the top of the repository");
    }
    tauri_build::build();
}
