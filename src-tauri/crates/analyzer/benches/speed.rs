//! How long a report takes, printed: each step at 480 × 640, against what the graphs cost elsewhere, a 12-megapixel
//! upload, a second thread, memory. Nothing is asserted: a figure is to be read, and this machine may be busy.
// A benchmark that lacks its photos or models has nothing to go on with.
#![allow(clippy::expect_used)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use analyzer::report::Report;
use analyzer::same_shot::{Fingerprint, Index, REACH_BITS};
use analyzer::{Analyzer, Models, Profile, Steps};
use portraits::{Sitter, archive, taken};
use rten::{Model, ValueOrView};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

const SITTERS: u64 = 16;
const ROUNDS: usize = 12;
/// Mesh, two irises and mask by a general runtime, and by the C++ library that the graphs come from, in milliseconds
/// on one idle machine: the first, measured again here, tells what the second would take here.
const RUNTIME_THERE_MS: f64 = 6.5 + 2.0 * 4.3 + 12.5;
const LIBRARY_THERE_MS: f64 = 10.0;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, word, photo] = &arguments[..]
        && word == "--peak"
    {
        let photo = fs::read(photo).expect("the photo");
        let profile = Profile::chsi_2017().expect("the profile");
        analyzer(1).report(&photo, &profile).expect("a report");
        println!("{:.0}", peak_mb());
        return;
    }
    let photos: Vec<Vec<u8>> = (0..SITTERS)
        .map(|seed| photo(&Sitter::conforming(20_000 + seed)))
        .collect();
    let mut large = Sitter::conforming(20_000);
    large.enlarge(6.25);
    let large = photo(&large);
    let one = analyzer(1);

    let made = reports(&one, &photos);
    println!("\na report at 480×640, one thread, {SITTERS} sitters × {ROUNDS} rounds");
    println!("| step | fastest, ms | median, ms |\n| --- | --- | --- |");
    let row = |name: &str, of: &dyn Fn(&(Report, Steps)) -> f64| -> f64 {
        let mut ms: Vec<f64> = made.iter().map(of).collect();
        ms.sort_by(f64::total_cmp);
        println!("| {name} | {:.1} | {:.1} |", ms[0], ms[ms.len() / 2]);
        ms[0]
    };
    row("decode", &|(report, _)| report.timings.decode_ms);
    row("face boxes", &|(_, steps)| steps.boxes_ms);
    let graphs = [
        row("mesh, one or two looks", &|(_, steps)| steps.mesh_ms),
        row("irises, two", &|(_, steps)| steps.iris_ms),
        row("mask", &|(_, steps)| steps.mask_ms),
    ];
    row("checks", &|(report, _)| report.timings.checks_ms);
    row("all", &|(report, _)| report.timings.total_ms);

    let runtime_ms = runtime_ms();
    let library_ms = LIBRARY_THERE_MS * runtime_ms / RUNTIME_THERE_MS;
    let ours: f64 = graphs.iter().sum();
    println!(
        "graphs {ours:.1} ms: {:.2} of the C++ library's {library_ms:.1} ms, {:.2} of a general runtime's {runtime_ms:.1} ms",
        ours / library_ms,
        ours / runtime_ms
    );

    let alone = per_second(&one, &photos, 1);
    let both = per_second(&analyzer(2), &photos, 2);
    println!(
        "photos a second: {alone:.1} on one thread, {both:.1} on two: {:.2} times",
        both / alone
    );

    let own_ms = fastest(|| {
        image::load_from_memory(&large).expect("a photo");
    });
    let profile = Profile::chsi_2017().expect("the profile");
    let all_ms = fastest(|| {
        one.report(&large, &profile).expect("a report");
    });
    println!(
        "12 megapixels, {:.1} MB: {all_ms:.0} ms, of which its decoding {own_ms:.0} ms: {:.0} ms more",
        large.len() as f64 / 1e6,
        all_ms - own_ms
    );
    search();
    for (name, photo) in [("480×640", &photos[0]), ("12 megapixels", &large)] {
        println!("peak memory, one photo of {name}: {} MB", peak_of(photo));
    }
}

/// Ten million fingerprints as far apart as strangers' are, and one that is asked for.
fn search() {
    const KNOWN: u64 = 10_000_000;
    let mut state = 0;
    let mut random = || {
        // SplitMix64.
        state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_add(state);
        let mut word: u64 = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    };
    let mut print = || Fingerprint::from_words(std::array::from_fn(|_| random()));
    let index: Index = (0..KNOWN).map(|id| (id, print())).collect();
    let asked = print();
    let mut found = 0;
    let ms = fastest(|| found = index.find(&asked, REACH_BITS).len());
    println!("all within reach among {KNOWN} fingerprints, one thread: {ms:.1} ms ({found} of strangers)");
}

fn analyzer(threads: usize) -> Analyzer {
    let models = Models::from_files(|name| fs::read(models_folder().join(name))).expect("make models");
    Analyzer::with_threads(models, threads).expect("the graphs")
}

fn models_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models")
}

fn photo(sitter: &Sitter) -> Vec<u8> {
    taken(sitter, &archive()).expect("the portraits' folder").jpeg
}

fn reports(analyzer: &Analyzer, photos: &[Vec<u8>]) -> Vec<(Report, Steps)> {
    let profile = Profile::chsi_2017().expect("the profile");
    let rounds = (0..ROUNDS).flat_map(|_| photos);
    rounds
        .map(|photo| analyzer.report_in_steps(photo, &profile).expect("a report"))
        .collect()
}

fn per_second(analyzer: &Analyzer, photos: &[Vec<u8>], threads: usize) -> f64 {
    let started = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| reports(analyzer, photos));
        }
    });
    (threads * photos.len() * ROUNDS) as f64 / started.elapsed().as_secs_f64()
}

fn fastest(mut run: impl FnMut()) -> f64 {
    let times = (0..ROUNDS).map(|_| {
        let started = Instant::now();
        run();
        started.elapsed()
    });
    times.min().unwrap_or(Duration::MAX).as_secs_f64() * 1e3
}

/// The same graphs by a general runtime, on one thread.
fn runtime_ms() -> f64 {
    let pool = rten::ThreadPool::with_num_threads(1);
    let graphs = [
        ("face_landmark.onnx", 192, 1.0),
        ("iris_landmark.onnx", 64, 2.0),
        ("selfie_segmentation.onnx", 256, 1.0),
    ];
    let each = graphs.map(|(name, side, times)| {
        let model = Model::load(fs::read(models_folder().join(name)).expect("make models")).expect("a graph");
        let input = NdTensor::from_data([1, side, side, 3], vec![0.5f32; side * side * 3]);
        let run = || {
            let input = vec![(model.input_ids()[0], ValueOrView::from(input.view()))];
            model.run(input, model.output_ids(), None).expect("a run");
        };
        times * pool.run(|| fastest(run))
    });
    each.iter().sum()
}

/// Of a process of its own that makes this one report.
fn peak_of(photo: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("photo.jpg");
    fs::write(&path, photo).expect("a file");
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program)
        .arg("--peak")
        .arg(path)
        .output()
        .expect("a process");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Resident at most since the process began; 0 where the system doesn't tell.
fn peak_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|text| text.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
    kib.unwrap_or(0.0) * 1024.0 / 1e6
}
