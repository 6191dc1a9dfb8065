//! The studio's sitters before the analyzer: found, measured, and in what time. `SITTERS` says how many.

use crate::quantile;
use analyzer::report::{Point, Status};
use analyzer::{Analyzer, Models, Profile};
use portraits::{Sitter, render};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use tests::window::root;

struct Seen {
    one_face: bool,
    measured: bool,
    failed: bool,
    unsure: bool,
    eyes: f64,
    crown_px: f64,
    chin_px: f64,
    width_px: f64,
    render_ms: f64,
    report_ms: f64,
}

fn look(analyzer: &Analyzer, profile: &Profile, seed: u64) -> Seen {
    let sitter = Sitter::conforming(seed);
    let started = std::time::Instant::now();
    let portrait = render(&sitter);
    let render_ms = started.elapsed().as_secs_f64() * 1e3;
    let truth = &portrait.truth;
    let report = analyzer
        .report(&portrait.jpeg(&sitter.encoding), profile)
        .expect("a rendered photo can be read");
    let status = |wanted| report.checks.iter().any(|check| check.status == wanted);
    let one_face = report
        .checks
        .iter()
        .any(|check| check.code == "face_count" && check.status == Status::Pass);
    let away = |at: Point, [x, y]: [f32; 2]| (at.x_px - f64::from(x)).hypot(at.y_px - f64::from(y));
    let geometry = report.geometry.as_ref();
    let error = |of: &dyn Fn(&analyzer::report::Geometry) -> f64| geometry.map_or(f64::NAN, of);
    let apart = f64::from(truth.eye_distance_px());
    Seen {
        one_face,
        measured: geometry.is_some(),
        failed: status(Status::Fail),
        unsure: status(Status::Unsure),
        eyes: error(&|found| {
            away(found.left_eye_px, truth.left_eye_px).max(away(found.right_eye_px, truth.right_eye_px)) / apart
        }),
        crown_px: error(&|found| (found.crown_px.y_px - f64::from(truth.crown_px)).abs()),
        chin_px: error(&|found| (found.chin_px.y_px - f64::from(truth.chin_px[1])).abs()),
        width_px: error(&|found| {
            (found.face_right_px.x_px - found.face_left_px.x_px - f64::from(truth.face_width_px())).abs()
        }),
        render_ms,
        report_ms: report.timings.total_ms,
    }
}

#[test]
fn sitters() {
    let count: u64 = std::env::var("SITTERS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(500);
    let models = root().join("src-tauri/models");
    let models = Models::from_files(|name| std::fs::read(models.join(name))).expect("the analyzer's graphs");
    let analyzer = Analyzer::new(models).expect("the analyzer's graphs");
    let profile = Profile::chsi_2017().expect("the profile");
    let (next, seen) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let seed = next.fetch_add(1, Ordering::Relaxed)
                    && seed < count
                {
                    let one = look(&analyzer, &profile, 9000 + seed);
                    seen.lock().expect("no thread fails").push(one);
                }
            });
        }
    });
    let seen = seen.into_inner().expect("no thread fails");
    let share = |of: fn(&Seen) -> bool| 100.0 * seen.iter().filter(|one| of(one)).count() as f64 / seen.len() as f64;
    println!("\n{count} conforming sitters, 480×640");
    println!("| measure | figure |\n| --- | --- |");
    println!("| exactly one face, score ≥ 12 | {:.1} % |", share(|one| one.one_face));
    println!("| face mesh accepts it | {:.1} % |", share(|one| one.measured));
    println!(
        "| any check fails · any unsure | {:.1} % · {:.1} % |",
        share(|one| one.failed),
        share(|one| one.unsure)
    );
    let row = |name: &str, of: fn(&Seen) -> f64, digits: usize| {
        let mut values: Vec<f64> = seen.iter().map(of).filter(|value| !value.is_nan()).collect();
        let [median, late] = [0.5, 0.99].map(|at| quantile(&mut values, at));
        println!("| {name}: median · 99th percentile | {median:.digits$} · {late:.digits$} |");
    };
    row("worse eye, eye distances", |one| one.eyes, 3);
    row("crown, px", |one| one.crown_px, 1);
    row("chin, px", |one| one.chin_px, 1);
    row("face width, px", |one| one.width_px, 1);
    row("rendering a sitter, ms", |one| one.render_ms, 0);
    row("report, ms", |one| one.report_ms, 0);
}
