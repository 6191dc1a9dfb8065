//! A demo queue on disk: batches of photos with their students, and the truth about every photo.

use crate::defect::Defect;
use crate::math::Rng;
use crate::names::Student;
use crate::portrait::{Truth, render};
use crate::reuse::{Reuse, reused};
use crate::sitter::Sitter;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Changes whenever the same seed gives another picture.
pub const STUDIO_VERSION: u32 = 7;

const BATCHES: [(&str, &str, &str); 3] = [
    ("HN-2027-A", "华南某大学", "2027 届毕业生图像采集 第一批"),
    ("JD-2027-A", "江东某理工大学", "2027 届毕业生图像采集 第一批"),
    ("XB-2027-A", "西北某师范大学", "2027 届毕业生图像采集 第一批"),
];

/// What a reviewer rejects at a glance, and the analyzer can measure.
const REJECTED: [Defect; 24] = [
    Defect::EyesClosed,
    Defect::BackgroundColour,
    Defect::HeadTooSmall,
    Defect::Roll,
    Defect::UnevenLight,
    Defect::Blur,
    Defect::HairOverEyes,
    Defect::OffCentre,
    Defect::Glare,
    Defect::BackgroundShadow,
    Defect::Yaw,
    Defect::OverExposed,
    Defect::HeadTooLarge,
    Defect::MouthOpen,
    Defect::BackgroundGradient,
    Defect::WrongPixels,
    Defect::UnderExposed,
    Defect::TintedGlasses,
    Defect::ColourCast,
    Defect::TooLow,
    Defect::RedEye,
    Defect::HeavyCompression,
    Defect::Noise,
    Defect::WrongDensity,
];

/// Shots that another student hands in once more: the first photo, the later one, and what was done to it. Numbered as
/// planned, and all of them in the first batch or the next, so that nobody has to look long for one.
const REUSED: [(usize, usize, Reuse); 2] = [(3, 18, Reuse::Brightness(0.92)), (12, 25, Reuse::Crop)];

#[derive(Debug, Serialize, Deserialize)]
pub struct Batch {
    pub code: String,
    pub school: String,
    pub title: String,
    pub folder: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Sample {
    /// `batch folder/NNNN.jpg`.
    pub file: String,
    pub seed: u64,
    pub defect: Defect,
    /// Of the shot as it was taken.
    pub truth: Truth,
    /// The file that shows the same shot, under another student's name.
    pub same_shot_as: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct SampleTruth {
    pub version: u32,
    pub seed: u64,
    pub count: usize,
    pub photos: Vec<Sample>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Now,
    AlreadyThere,
}

/// Writes `count` photos in three batches below `dir`. What an earlier call wrote in full is left alone.
pub fn write(dir: &Path, count: usize, seed: u64, progress: impl Fn(usize) + Sync) -> io::Result<Written> {
    let truth_path = dir.join("truth.json");
    if complete(dir, &truth_path, count, seed) {
        return Ok(Written::AlreadyThere);
    }
    let plan = plan(count, seed);
    let batches: Vec<Batch> = BATCHES
        .iter()
        .map(|(code, school, title)| Batch {
            code: (*code).into(),
            school: (*school).into(),
            title: (*title).into(),
            folder: (*code).into(),
        })
        .collect();
    for b in &batches {
        fs::create_dir_all(dir.join(&b.folder))?;
    }
    let mut tables = vec![String::from("file,name,id_number,student_no,email\n"); BATCHES.len()];
    for p in &plan {
        let s = Student::of(p.seed, Sitter::conforming(plan[p.shot].seed).sex, p.batch, p.index);
        let file = p.file_name();
        tables[p.batch] += &format!("{file},{},{},{},{}\n", s.name, s.id_number, s.student_no, s.email);
    }
    let photos = take(dir, &plan, progress)?;
    for (b, table) in batches.iter().zip(tables) {
        fs::write(dir.join(&b.folder).join("students.csv"), table)?;
    }
    fs::write(dir.join("batches.json"), serde_json::to_vec_pretty(&batches)?)?;
    // Last: its presence says that everything else is there.
    let truth = SampleTruth {
        version: STUDIO_VERSION,
        seed,
        count,
        photos,
    };
    let unfinished = dir.join("truth.json.part");
    fs::write(&unfinished, serde_json::to_vec_pretty(&truth)?)?;
    fs::rename(unfinished, truth_path)?;
    Ok(Written::Now)
}

fn complete(dir: &Path, truth: &Path, count: usize, seed: u64) -> bool {
    let Ok(text) = fs::read(truth) else { return false };
    let Ok(t) = serde_json::from_slice::<SampleTruth>(&text) else {
        return false;
    };
    t.version == STUDIO_VERSION
        && t.seed == seed
        && t.count == count
        && dir.join("batches.json").is_file()
        && BATCHES.iter().all(|b| dir.join(b.0).join("students.csv").is_file())
        && t.photos.iter().all(|p| dir.join(&p.file).is_file())
}

struct Planned {
    batch: usize,
    /// From 1 in its batch.
    index: usize,
    seed: u64,
    defect: Defect,
    /// The planned photo whose shot it is: itself, but for a reused one.
    shot: usize,
    reuse: Option<Reuse>,
}

impl Planned {
    fn file_name(&self) -> String {
        format!("{:04}.jpg", self.index)
    }

    /// Below the folder of all.
    fn path(&self) -> String {
        format!("{}/{}", BATCHES[self.batch].0, self.file_name())
    }
}

/// Every third photo is spoilt, each batch with other defects first.
fn plan(count: usize, seed: u64) -> Vec<Planned> {
    let mut r = Rng::new(seed, 71);
    let mut spoilt = 0;
    (0..count)
        .map(|i| {
            let (batch, index) = (i % BATCHES.len(), i / BATCHES.len() + 1);
            // Shifted from batch to batch, so that no batch is spoilt in a regular beat.
            let bad = (index + batch) % 3 == 0;
            let defect = if bad {
                REJECTED[spoilt % REJECTED.len()]
            } else {
                Defect::None
            };
            spoilt += usize::from(bad);
            let again = REUSED.iter().find(|(_, later, _)| *later == i);
            Planned {
                batch,
                index,
                seed: r.next() >> 16,
                defect,
                shot: again.map_or(i, |(first, ..)| *first),
                reuse: again.map(|(.., how)| *how),
            }
        })
        .collect()
}

fn take(dir: &Path, plan: &[Planned], progress: impl Fn(usize) + Sync) -> io::Result<Vec<Sample>> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let threads = std::thread::available_parallelism()
        .map_or(1, |n| n.get())
        .min(plan.len().max(1));
    let work = || -> io::Result<Vec<(usize, Sample)>> {
        let mut mine = vec![];
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some(p) = plan.get(i) else { return Ok(mine) };
            let shot = &plan[p.shot];
            let sitter = Sitter::with_defect(shot.seed, shot.defect);
            let portrait = render(&sitter);
            let mut photo = portrait.jpeg(&sitter.encoding);
            if let Some(how) = p.reuse {
                photo = reused(&photo, Some(&portrait.truth.silhouette), how, p.seed).map_err(io::Error::other)?;
            }
            let file = p.path();
            fs::write(dir.join(&file), photo)?;
            mine.push((
                i,
                Sample {
                    file,
                    seed: shot.seed,
                    defect: shot.defect,
                    truth: portrait.truth,
                    same_shot_as: p.reuse.map(|_| shot.path()),
                },
            ));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1);
        }
    };
    let mut all = std::thread::scope(|scope| -> io::Result<Vec<(usize, Sample)>> {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut all = vec![];
        for t in threads {
            all.extend(t.join().map_err(|_| io::Error::other("a drawing thread stopped"))??);
        }
        Ok(all)
    })?;
    all.sort_by_key(|(i, _)| *i);
    Ok(all.into_iter().map(|(_, s)| s).collect())
}
