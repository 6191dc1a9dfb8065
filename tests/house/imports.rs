//! Who may import whom, checked on what cargo itself says of the workspace.

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::BTreeSet;

/// A crate and those of ours that it may name. Anything absent is forbidden.
const OURS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("analyzer", &[]),
    ("audit", &["domain"]),
    ("protocol", &["domain"]),
    ("store", &["domain", "audit", "analyzer"]),
    ("client", &["domain", "protocol"]),
    ("desk", &["analyzer", "audit", "domain", "store", "client"]),
    ("photo-review-desk", &["desk", "backend"]),
    ("backend", &["analyzer", "domain", "protocol", "audit"]),
    ("portraits", &[]),
    ("accuracy", &["analyzer", "portraits"]),
];

/// Crates of others that are confined to a few of ours.
const THEIRS: &[(&str, &[&str])] = &[
    ("sqlx", &["store", "backend"]),
    ("libsqlite3-sys", &["store", "backend"]),
    ("axum", &["backend"]),
    ("object_store", &["backend"]),
    ("reqwest", &["client"]),
    ("minisign-verify", &["client"]),
    ("rustface", &["analyzer"]),
    ("rten", &["analyzer"]),
    ("rten-gemm", &["analyzer"]),
    ("rten-onnx", &["analyzer"]),
    ("rten-simd", &["analyzer"]),
    ("image", &["analyzer", "portraits"]),
    ("tauri", &["photo-review-desk"]),
    ("webkit2gtk", &["photo-review-desk"]),
];

#[test]
fn nobody_imports_what_the_plan_forbids() {
    let metadata = MetadataCommand::new()
        .current_dir(super::root())
        .no_deps()
        .exec()
        .expect("cargo metadata");
    let members: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let planned: BTreeSet<&str> = OURS.iter().map(|(name, _)| *name).chain(["tests"]).collect();
    assert_eq!(members, planned, "the plan and the workspace name different crates");

    let mut forbidden = Vec::new();
    for package in metadata
        .packages
        .iter()
        .filter(|package| package.name.as_str() != "tests")
    {
        let name = package.name.as_str();
        let allowed = OURS
            .iter()
            .find(|(ours, _)| *ours == name)
            .map_or(&[][..], |(_, allowed)| allowed);
        // What only a crate's own tests import does not reach its users.
        for dependency in package
            .dependencies
            .iter()
            .filter(|found| found.kind == DependencyKind::Normal)
        {
            let wanted = dependency.name.as_str();
            let ours = members.contains(wanted) && !allowed.contains(&wanted);
            let theirs = THEIRS
                .iter()
                .any(|(confined, to)| *confined == wanted && !to.contains(&name));
            if ours || theirs {
                forbidden.push(format!("{name} imports {wanted}"));
            }
        }
    }
    assert!(forbidden.is_empty(), "the plan of the house forbids: {forbidden:#?}");
}
