//! Files that somebody, or chance, has altered: each is read or refused, without a panic and within the memory promised.
//! A few thousand with every test run; `MUTATIONS=10000000 SEED=7 cargo test --release -p analyzer --test mutations --
//! --nocapture` for as many as one likes. A seed gives the same files again.
#![cfg(test)]

#[path = "../reports/bytes.rs"]
#[allow(dead_code)]
mod bytes;
mod files;
mod mutate;

use std::panic;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use analyzer::{Analyzer, Models, Profile};
use peak_alloc::PeakAlloc;

use mutate::Chance;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Promised for one photo.
const PROMISED_BYTES: usize = 256 << 20;
/// With every test run; `MUTATIONS` says another number.
const FEW: u64 = 20_000;
/// One of so many goes through the whole report.
const REPORTED: usize = 100;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

fn crate_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn altered_files_are_read_or_refused_within_the_memory_promised() {
    let models = crate_folder().join("../../models");
    let models = Models::from_files(|name| std::fs::read(models.join(name))).unwrap();
    let analyzer = Analyzer::with_threads(models, 1).unwrap();
    let profile = Profile::chsi_2017().unwrap();
    let files: Vec<Vec<u8>> = files::all().into_iter().map(|(_, bytes)| bytes).collect();
    for bytes in &files {
        analyzer.report(bytes, &profile).unwrap();
    }

    // Panics of the decoders are caught and become an error; ours are not. Neither is wanted.
    static PANICS: AtomicUsize = AtomicUsize::new(0);
    static WHERE: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        let mut places = WHERE.lock().unwrap();
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        if !places.contains(&place) {
            eprintln!("{info}");
            places.push(place);
        }
    }));

    let (count, seed) = (number("MUTATIONS", FEW), number("SEED", 1));
    let mut chance = Chance::new(seed);
    let (mut read, mut reported, mut most) = (0u64, 0u64, 0usize);
    let started = Instant::now();
    for done in 0..count {
        let bytes = mutate::altered(&files, &mut chance);
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        if chance.below(REPORTED) == 0 {
            reported += u64::from(analyzer.report(&bytes, &profile).is_ok());
        } else {
            read += u64::from(analyzer::read(&bytes).is_ok());
        }
        let taken = MEMORY.peak_usage().saturating_sub(before);
        most = most.max(taken);
        if taken > PROMISED_BYTES {
            let path = std::env::temp_dir().join(format!("too-much-{seed}-{done}"));
            std::fs::write(&path, &bytes).unwrap();
            panic!("{} MiB for {}", taken >> 20, path.display());
        }
        if done % 1_000_000 == 999_999 {
            eprintln!("{} million", (done + 1) / 1_000_000);
        }
    }
    panic::set_hook(usual);
    println!(
        "{count} altered files, seed {seed}: {read} read, {reported} reported, at most {} MiB, {} panics of decoders, {:.0} s",
        most >> 20,
        PANICS.load(Ordering::Relaxed),
        started.elapsed().as_secs_f64()
    );
    assert!(
        read > 0 && reported > 0,
        "every file died at once: the alterations are too coarse"
    );
    assert_eq!(PANICS.load(Ordering::Relaxed), 0, "{:?}", WHERE.lock().unwrap());
}

/// What cargo-fuzz begins with is the same files; `UPDATE_CORPUS=1` writes them anew.
#[test]
fn the_corpus_is_fresh() {
    for target in ["decode", "report"] {
        let folder = crate_folder().join("fuzz/corpus").join(target);
        if std::env::var_os("UPDATE_CORPUS").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
        }
        let mut size = 0;
        for (name, bytes) in files::all() {
            if std::env::var_os("UPDATE_CORPUS").is_some() {
                std::fs::write(folder.join(name), &bytes).unwrap();
            }
            assert!(
                std::fs::read(folder.join(name)).is_ok_and(|kept| kept == bytes),
                "{target}/{name} is stale: UPDATE_CORPUS=1 cargo test -p analyzer --test mutations corpus"
            );
            size += bytes.len();
        }
        assert!(size < 150_000, "{size} bytes are too many to keep");
    }
}
