//! Whatever is done to an audit file is found, and where it was done is named.

use crate::*;
use chrono::{DateTime, Utc};
use domain::{
    BatchCode, Decision, DecisionId, LeaseId, Pinned, ReasonCatalogue, ReasonCode, ReviewerId, SubmissionId, Verdict,
};
use std::io::Cursor;
use uuid::Uuid;

const PHOTO: &[u8] = b"the bytes of a photo, not a multiple of a block";
const OTHER_PHOTO: &[u8] = &[0x55; 1024];
const REPORT: &[u8] = br#"{"checks":[]}"#;

fn at(second: u32) -> DateTime<Utc> {
    format!("2026-11-24T02:00:{second:02}.250Z").parse().unwrap()
}

fn reviewer() -> ReviewerId {
    ReviewerId(Uuid::from_u128(7))
}

fn decision(number: u128) -> DecisionId {
    DecisionId(Uuid::from_u128(number))
}

fn decided(number: u128, photo: &[u8], report: Option<&[u8]>) -> Body {
    let reasons = vec![ReasonCode("eyes_closed".into())];
    Body::Decision(Box::new(Decided {
        decision: Decision {
            id: decision(number),
            submission: SubmissionId(Uuid::from_u128(100 + number)),
            batch: BatchCode("B1".into()),
            lease: LeaseId(Uuid::from_u128(200 + number)),
            reviewer: reviewer(),
            verdict: Verdict::Reject,
            reasons,
            note: "请睁眼".into(),
            decided_at: at(0),
            photo_sha256: Hash::of(photo).to_string(),
            pinned: Pinned {
                profile: "chsi-2017".into(),
                profile_version: "1".into(),
                analyzer_version: "0.1.0".into(),
                reasons_version: "1".into(),
                calendar_version: "1".into(),
            },
            look: None,
            corrects: None,
        },
        masked_name: "鲍*辰".into(),
        school: "示例大学".into(),
        attempt: 1,
        submitted_at: at(0),
        report_sha256: report.map(Hash::of),
        unreadable: report.is_none().then(|| "truncated".into()),
        same_shots: report.map(|_| SubmissionId(Uuid::from_u128(300))).into_iter().collect(),
    }))
}

/// A chain that begins somewhere in the middle, with every kind of entry; the second decision shows the first one's photo.
fn chain() -> Vec<Entry> {
    let bodies = [
        decided(1, PHOTO, Some(REPORT)),
        Body::Undo { decision: decision(1) },
        decided(2, PHOTO, Some(REPORT)),
        decided(3, OTHER_PHOTO, None),
        Body::Refused {
            decision: decision(3),
            code: "lease_ended".into(),
        },
        Body::Mark {
            decision: decision(9),
            head: Hash::of(b"another file"),
            right: false,
            note: String::new(),
        },
    ];
    let mut last = Link {
        seq: 41,
        hash: Hash::of(b"what was before"),
    };
    let mut entries = Vec::new();
    for (second, body) in (1..).zip(bodies) {
        let entry = Entry::after(last, at(second), reviewer(), body).unwrap();
        last = entry.link();
        entries.push(entry);
    }
    entries
}

fn about(entries: &[Entry]) -> About {
    About {
        format: FORMAT.into(),
        version: VERSION,
        desk: "a desk".into(),
        from: "2026-11-24".parse().unwrap(),
        to: "2026-11-24".parse().unwrap(),
        exported_at: "2026-11-24T10:00:00Z".parse().unwrap(),
        anchor: entries.first().unwrap().prev,
        head: entries.last().unwrap().hash,
        entries: entries.len() as u32,
        decisions: 3,
        reasons_sha256: Hash::NONE,
        people: [(reviewer(), "审核员 07".to_owned())].into(),
    }
}

fn catalogue() -> ReasonCatalogue {
    ReasonCatalogue {
        version: "1".into(),
        source: "test".into(),
        groups: vec![],
        reasons: vec![],
    }
}

fn write(entries: &[Entry]) -> Result<Vec<u8>, WriteError> {
    let mut writer = BundleWriter::begin(Vec::new(), about(entries), &[catalogue()])?;
    for entry in entries {
        let needs = writer.needs(entry);
        let photo = needs
            .photo
            .map(|sha256| if sha256 == Hash::of(PHOTO) { PHOTO } else { OTHER_PHOTO });
        writer.entry(entry, photo, needs.report.map(|_| REPORT))?;
    }
    writer.finish()
}

fn broken(file: &[u8]) -> Broken {
    match verify(file) {
        Err(VerifyError::Broken(broken)) => broken,
        other => panic!("{other:?}"),
    }
}

/// The names in the file and where their headers are.
fn members(file: &[u8]) -> Vec<(String, usize)> {
    let mut archive = tar::Archive::new(file);
    let entries = archive.entries().unwrap();
    entries
        .map(|entry| {
            let entry = entry.unwrap();
            (
                entry.path().unwrap().display().to_string(),
                entry.raw_header_position() as usize,
            )
        })
        .collect()
}

#[test]
fn a_file_is_intact_and_anybody_can_open_it() {
    let entries = chain();
    let file = write(&entries).unwrap();
    let verified = verify(file.as_slice()).unwrap();
    assert_eq!(verified.head, entries.last().unwrap().hash);
    assert_eq!(verified.about.entries, 6);

    let names: Vec<String> = members(&file).into_iter().map(|(name, _)| name).collect();
    let (photo, other) = (Hash::of(PHOTO), Hash::of(OTHER_PHOTO));
    assert_eq!(
        names,
        [
            "about.json",
            "reasons.json",
            "entries/000001.json",
            &format!("photos/{photo}"),
            &format!("reports/{}.json", Hash::of(REPORT)),
            "entries/000002.json",
            "entries/000003.json",
            "entries/000004.json",
            &format!("photos/{other}"),
            "entries/000005.json",
            "entries/000006.json",
            "seal",
        ]
    );
}

#[test]
fn an_opened_file_gives_back_what_was_written() {
    let entries = chain();
    let file = write(&entries).unwrap();
    let opened = open(file.as_slice()).unwrap();
    assert_eq!(opened.broken, None);
    assert_eq!(opened.entries, entries);
    assert_eq!(opened.reasons, [catalogue()]);
    let bytes = |span: Span| &file[span.offset as usize..][..span.bytes as usize];
    assert_eq!(bytes(opened.photos[&Hash::of(PHOTO)]), PHOTO);
    assert_eq!(bytes(opened.photos[&Hash::of(OTHER_PHOTO)]), OTHER_PHOTO);
    assert_eq!(bytes(opened.reports[&Hash::of(REPORT)]), REPORT);
}

#[test]
fn a_file_of_a_day_on_which_nothing_happened_is_intact_too() {
    let mut about = about(&chain());
    (about.entries, about.decisions, about.head) = (0, 0, about.anchor);
    let file = BundleWriter::begin(Vec::new(), about, &[]).unwrap().finish().unwrap();
    verify(file.as_slice()).unwrap();
}

#[test]
fn every_flipped_bit_is_found() {
    let file = write(&chain()).unwrap();
    for place in 0..file.len() {
        // one bit of each byte, every one of the eight in turn, so that all regions see all bits
        let mut altered = file.clone();
        altered[place] ^= 1 << (place % 8);
        match verify(altered.as_slice()) {
            Err(VerifyError::Broken(_) | VerifyError::UnknownVersion(_)) => {}
            other => panic!("bit {} of byte {place}: {other:?}", place % 8),
        }
    }
}

#[test]
fn the_first_bad_entry_is_named() {
    let entries = chain();
    let file = write(&entries).unwrap();
    let members = members(&file);
    let place = |name: &str| members.iter().find(|(member, _)| member == name).unwrap().1;
    let flipped = |place: usize| {
        let mut altered = file.clone();
        altered[place] ^= 4;
        broken(&altered)
    };
    const CONTENT: usize = 512;
    let named = |entry, number, problem| Broken {
        entry: Some(entry),
        decision: number,
        problem,
    };

    // the day in the third entry's time
    let third = place("entries/000003.json") + CONTENT;
    let day =
        third + file[third..].windows(4).position(|four| four == b"\"at\"").unwrap() + b"\"at\":\"2026-11-2".len();
    assert_eq!(flipped(day), named(3, Some(decision(2)), Problem::EntryHash));
    let photo = place(&format!("photos/{}", Hash::of(OTHER_PHOTO)));
    assert_eq!(flipped(photo + CONTENT), named(4, Some(decision(3)), Problem::Photo));
    assert_eq!(flipped(photo), named(4, Some(decision(3)), Problem::Structure));
    let report = place(&format!("reports/{}.json", Hash::of(REPORT)));
    assert_eq!(flipped(report + CONTENT), named(1, Some(decision(1)), Problem::Report));
    // the padding behind the report is the first entry's too
    assert_eq!(
        flipped(report + CONTENT + REPORT.len()),
        named(1, Some(decision(1)), Problem::Report)
    );
    assert_eq!(
        flipped(place("entries/000006.json") + 200),
        named(6, None, Problem::Structure)
    );
    let whole = |problem| Broken {
        entry: None,
        decision: None,
        problem,
    };
    assert_eq!(flipped(place("reasons.json") + CONTENT), whole(Problem::Reasons));
    assert_eq!(flipped(place("seal") + CONTENT), whole(Problem::Seal));
    assert_eq!(flipped(0), whole(Problem::About));
}

#[test]
fn cutting_and_adding_are_found() {
    let file = write(&chain()).unwrap();
    for length in (1..file.len()).step_by(97).chain([file.len() - 512, file.len() - 1]) {
        let cut = &file[..length];
        assert!(verify(cut).is_err(), "{length}");
    }
    let named = broken(&file[..members(&file)[5].1 + 100]);
    assert_eq!((named.entry, named.problem), (Some(2), Problem::Truncated));
    let longer = [file.as_slice(), &[0]].concat();
    assert_eq!(broken(&longer).problem, Problem::Trailing);
}

/// Somebody who knows the format writes the file anew, seal and all.
#[test]
fn a_forged_entry_breaks_the_chain_though_the_seal_is_new() {
    let forge = |spoil: fn(&mut Vec<Entry>)| {
        let mut entries = chain();
        let mut about = about(&entries);
        spoil(&mut entries);
        about.entries = entries.len() as u32;
        let mut file = crate::archive::Writer::new(Vec::new(), about.exported_at.timestamp() as u64);
        let reasons = serde_json::to_vec(&[catalogue()]).unwrap();
        about.reasons_sha256 = Hash::of(&reasons);
        file.member("about.json", &serde_json::to_vec(&about).unwrap()).unwrap();
        file.member("reasons.json", &reasons).unwrap();
        let mut seen = crate::bundle::Seen::default();
        for (number, entry) in (1..).zip(&entries) {
            file.member(&format!("entries/{number:06}.json"), &entry.to_json().unwrap())
                .unwrap();
            let needs = seen.needs(entry).unwrap();
            if let Some(sha256) = needs.photo {
                let bytes = if sha256 == Hash::of(PHOTO) { PHOTO } else { OTHER_PHOTO };
                file.member(&format!("photos/{sha256}"), bytes).unwrap();
            }
            if let Some(sha256) = needs.report {
                file.member(&format!("reports/{sha256}.json"), REPORT).unwrap();
            }
            seen.add(needs);
        }
        let seal = format!("{}\n", file.so_far());
        file.member("seal", seal.as_bytes()).unwrap();
        verify(file.end().unwrap().as_slice()).map(|_| ())
    };
    let broken = |spoil| match forge(spoil) {
        Err(VerifyError::Broken(Broken { entry, problem, .. })) => (entry, problem),
        other => panic!("{other:?}"),
    };
    forge(|_| {}).unwrap();
    assert_eq!(broken(|entries| entries[1].at = at(59)), (Some(2), Problem::EntryHash));
    // with its own hash made right the next one no longer follows
    let rehashed: fn(&mut Vec<Entry>) = |entries| {
        entries[1].at = at(59);
        entries[1].hash = entries[1].own_hash().unwrap();
    };
    assert_eq!(broken(rehashed), (Some(3), Problem::Chain));
    let removed: fn(&mut Vec<Entry>) = |entries| drop(entries.remove(2));
    assert_eq!(broken(removed), (Some(3), Problem::Chain));
    let swapped: fn(&mut Vec<Entry>) = |entries| entries.swap(3, 4);
    assert_eq!(broken(swapped), (Some(4), Problem::Chain));
    let without_first: fn(&mut Vec<Entry>) = |entries| drop(entries.remove(0));
    assert_eq!(broken(without_first), (None, Problem::About));
    let without_last: fn(&mut Vec<Entry>) = |entries| drop(entries.pop());
    assert_eq!(broken(without_last), (None, Problem::Head));
}

#[test]
fn a_broken_file_is_opened_up_to_the_break() {
    let file = write(&chain()).unwrap();
    let fourth = members(&file)
        .iter()
        .find(|(name, _)| name == "entries/000004.json")
        .unwrap()
        .1;
    let mut altered = file;
    altered[fourth + 600] ^= 1;
    let opened = open(altered.as_slice()).unwrap();
    assert_eq!(opened.entries, chain()[..3]);
    assert_eq!(opened.broken.unwrap().entry, Some(4));
}

#[test]
fn other_files_are_not_taken_for_broken_audit_files() {
    let mut other = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(3);
    other
        .append_data(&mut header, "something.txt", Cursor::new("abc"))
        .unwrap();
    for bytes in [vec![], b"\x89PNG".to_vec(), vec![0; 4096], other.into_inner().unwrap()] {
        assert!(matches!(verify(bytes.as_slice()), Err(VerifyError::NotAnAuditFile)));
    }
}

#[test]
fn nothing_false_is_written() {
    let entries = chain();
    let begin = || BundleWriter::begin(Vec::new(), about(&entries), &[catalogue()]).unwrap();
    let photo_of_another = begin().entry(&entries[0], Some(OTHER_PHOTO), Some(REPORT));
    assert!(matches!(photo_of_another, Err(WriteError::NotTheSame { seq: 42 })));
    let without_report = begin().entry(&entries[0], Some(PHOTO), None);
    assert!(matches!(without_report, Err(WriteError::NotTheSame { seq: 42 })));
    let out_of_order = begin().entry(&entries[1], None, None);
    assert!(matches!(out_of_order, Err(WriteError::NotAChain { seq: 43 })));
    assert!(matches!(begin().finish(), Err(WriteError::Incomplete)));
}

#[test]
fn an_entry_has_one_spelling() {
    let entry = &chain()[0];
    let json = entry.to_json().unwrap();
    assert_eq!(Entry::from_json(&json).unwrap(), *entry);
    let text = String::from_utf8(json).unwrap();
    for other in [
        format!(" {text}"),
        text.replace("\"attempt\":1", "\"attempt\": 1"),
        text.replace("\"attempt\":1", "\"attempt\":1,\"more\":1"),
        text.replace(&entry.hash.to_string(), &entry.hash.to_string().to_uppercase()),
    ] {
        assert_ne!(other, text);
        assert!(Entry::from_json(other.as_bytes()).is_err(), "{other}");
    }
}
