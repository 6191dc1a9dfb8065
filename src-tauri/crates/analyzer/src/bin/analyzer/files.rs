//! Which files are meant, and how the pictures drawn of them are called.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// In a folder these are photos; a file named by itself is one in any case.
const PHOTOS: [&str; 3] = ["jpg", "jpeg", "png"];

/// The files in the order of the arguments, and of folders all photos below in the order of their paths. Links to folders
/// are not followed.
pub fn found(arguments: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for argument in arguments {
        if argument.is_dir() {
            walk(argument, &mut found);
        } else {
            found.push(argument.clone());
        }
    }
    found
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        // Reading it as a file says why it can't be read.
        found.push(folder.to_owned());
        return;
    };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let extension = path
            .extension()
            .map(|extension| extension.to_string_lossy().to_lowercase());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, found),
            _ if extension.is_some_and(|extension| PHOTOS.contains(&extension.as_str())) => found.push(path),
            _ => {}
        }
    }
}

/// A name for the drawing of each file: its own, marked so that no photo is written over; numbered where two are alike.
pub fn names(files: &[PathBuf]) -> Vec<String> {
    let mut taken = HashSet::new();
    let name = |file: &PathBuf| {
        let stem = file
            .file_stem()
            .map_or_else(|| "photo".into(), |stem| stem.to_string_lossy());
        let mut names = (1..).map(|count| match count {
            1 => format!("{stem}.checked.jpg"),
            count => format!("{stem}.checked-{count}.jpg"),
        });
        names.find(|name| taken.insert(name.clone())).unwrap_or_default()
    };
    files.iter().map(name).collect()
}
