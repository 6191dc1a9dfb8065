//! A new migration file makes the crate build again.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
