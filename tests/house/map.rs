//! The README's map and the folders: each names the other.

use std::collections::BTreeSet;
use std::process::Command;

/// Folders whose own folders are on the map too; inside others a name is guessed from its folder.
const OPEN: &[&str] = &["src-tauri", "src-tauri/crates", "ui", "ui/src", "tests"];

/// The map stands in an indented block.
const MARGIN: usize = 4;

/// Paths of the map: an indented list between the line `## The map` and the next heading, two spaces a level, in which
/// a folder's name ends with a slash.
fn mapped(readme: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let mut above: Vec<String> = Vec::new();
    let lines = readme.lines().skip_while(|line| *line != "## The map").skip(1);
    for line in lines.take_while(|line| !line.starts_with("## ")) {
        let Some(name) = line.split_whitespace().next().and_then(|word| word.strip_suffix('/')) else {
            continue;
        };
        let level = (line.len() - line.trim_start().len()).saturating_sub(MARGIN) / 2;
        above.truncate(level);
        above.push(name.to_owned());
        paths.insert(above.join("/"));
    }
    paths
}

fn folders() -> BTreeSet<String> {
    let listed = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(super::root())
        .output()
        .expect("git ls-files");
    assert!(listed.status.success(), "git ls-files does not answer");
    let listed = String::from_utf8(listed.stdout).expect("names in UTF-8");
    let mut folders = BTreeSet::new();
    for file in listed.split('\0') {
        let parts: Vec<&str> = file.split('/').collect();
        for depth in 1..parts.len() {
            let parent = parts[..depth - 1].join("/");
            let hidden = parts[depth - 1].starts_with('.');
            if !hidden && (depth == 1 || OPEN.contains(&parent.as_str())) {
                folders.insert(parts[..depth].join("/"));
            }
        }
    }
    folders
}

#[test]
fn the_readme_names_every_folder_and_no_other() {
    let readme = std::fs::read_to_string(super::root().join("README.md")).expect("README.md");
    let (mapped, folders) = (mapped(&readme), folders());
    let unnamed: Vec<_> = folders.difference(&mapped).collect();
    let gone: Vec<_> = mapped
        .difference(&folders)
        .filter(|path| !super::root().join(path).is_dir())
        .collect();
    assert!(unnamed.is_empty(), "the README's map lacks: {unnamed:?}");
    assert!(gone.is_empty(), "the README's map names what is not there: {gone:?}");
    assert!(mapped.len() > 10, "the README has a map");
}
