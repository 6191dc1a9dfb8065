//! The demo queue on disk: three batches, their students, the truth, and no work done twice.
#![allow(clippy::unwrap_used, clippy::panic)]

use portraits::{Batch, Defect, SampleTruth, Written, check_digit, write_samples};
use std::collections::HashSet;
use std::fs;
use std::time::Instant;

#[test]
fn samples_come_in_three_batches_with_valid_students() {
    let dir = tempfile::tempdir().unwrap();
    let count = 6;
    assert_eq!(write_samples(dir.path(), count, 3, |_| ()).unwrap(), Written::Now);

    let batches: Vec<Batch> = serde_json::from_slice(&fs::read(dir.path().join("batches.json")).unwrap()).unwrap();
    assert_eq!(batches.len(), 3);
    let mut numbers = HashSet::new();
    for b in &batches {
        let table = fs::read_to_string(dir.path().join(&b.folder).join("students.csv")).unwrap();
        let mut lines = table.lines();
        assert_eq!(lines.next(), Some("file,name,id_number,student_no,email"));
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            let &[file, name, id, student_no, email] = &cells[..] else {
                panic!("{line}")
            };
            assert!(dir.path().join(&b.folder).join(file).is_file());
            assert!((2..=4).contains(&name.chars().count()), "{name}");
            assert!(
                id.len() == 18 && id.starts_with("99") && id.bytes().all(|c| c.is_ascii_digit()),
                "{id}"
            );
            assert_eq!(check_digit(&id[..17]), id.chars().last());
            assert!(student_no.len() == 12 && student_no.starts_with("2023") && numbers.insert(student_no.to_owned()));
            assert!(email.ends_with("@example.com"));
        }
    }
    assert_eq!(numbers.len(), count);

    let truth: SampleTruth = serde_json::from_slice(&fs::read(dir.path().join("truth.json")).unwrap()).unwrap();
    assert_eq!(truth.photos.len(), count);
    assert_eq!(
        truth.photos.iter().filter(|p| p.defect != Defect::None).count(),
        count / 3
    );
    let photo = image::open(dir.path().join(&truth.photos[0].file)).unwrap();
    assert!(photo.width() > 200);

    let start = Instant::now();
    assert_eq!(
        write_samples(dir.path(), count, 3, |_| ()).unwrap(),
        Written::AlreadyThere
    );
    assert!(start.elapsed().as_millis() < 500);
    fs::remove_file(dir.path().join(&truth.photos[1].file)).unwrap();
    assert_eq!(
        write_samples(dir.path(), count, 3, |_| ()).unwrap(),
        Written::Now,
        "a missing photo is taken again"
    );
}

#[test]
fn two_students_hand_in_what_another_did_before_them() {
    let dir = tempfile::tempdir().unwrap();
    write_samples(dir.path(), 26, 3, |_| ()).unwrap();
    let truth: SampleTruth = serde_json::from_slice(&fs::read(dir.path().join("truth.json")).unwrap()).unwrap();
    assert_eq!(truth.photos.len(), 26);
    let again: Vec<_> = truth
        .photos
        .iter()
        .filter(|photo| photo.same_shot_as.is_some())
        .collect();
    assert_eq!(again.len(), 2);
    for photo in again {
        let first = truth
            .photos
            .iter()
            .find(|one| Some(&one.file) == photo.same_shot_as.as_ref())
            .unwrap();
        assert_eq!((first.seed, first.defect), (photo.seed, Defect::None));
        let bytes = |file: &str| fs::read(dir.path().join(file)).unwrap();
        assert_ne!(bytes(&first.file), bytes(&photo.file));
        let name = |file: &str| {
            let (folder, file) = file.split_once('/').unwrap();
            let table = fs::read_to_string(dir.path().join(folder).join("students.csv")).unwrap();
            table.lines().find(|line| line.starts_with(file)).unwrap()[9..].to_owned()
        };
        assert_ne!(name(&first.file), name(&photo.file));
    }
}

/// The published example of the checksum's rule.
#[test]
fn the_check_digit_follows_the_national_rule() {
    assert_eq!(check_digit("11010519491231002"), Some('X'));
    assert_eq!(check_digit("44052418800101001"), Some('4'));
    assert_eq!(check_digit("4405241880010100a"), None);
}
