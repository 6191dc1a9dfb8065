//! Whether the same shot is known again and another shot of the same person is not. Sitters of the studio, and where
//! they are at hand the real portraits beside the checkout.

use analyzer::report::{Point, Report};
use analyzer::same_shot::{Fingerprint, Portrait, REACH_BITS};
use analyzer::{Analyzer, Profile};
use anyhow::{Context, Result};
use portraits::{Reuse, Sitter, render, reused, taken};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Mutex;

/// Other sitters than those that the fingerprint was made on.
const FIRST_SEED: u64 = 2_000_000;
/// How often each sitter is photographed again, a moment later.
const OTHER_SHOTS: u64 = 4;

/// A photo with what it is known by.
struct Photo {
    jpeg: Vec<u8>,
    print: Fingerprint,
    eyes: [Point; 2],
}

impl Photo {
    /// `None`: no face was measured.
    fn of(jpeg: Vec<u8>, report: &Report) -> Option<Self> {
        let geometry = report.geometry.as_ref()?;
        Some(Self {
            jpeg,
            print: Fingerprint::of_report(report)?,
            eyes: [geometry.left_eye_px, geometry.right_eye_px],
        })
    }

    fn open(&self) -> Result<Portrait> {
        Ok(Portrait::open(&self.jpeg, self.eyes)?)
    }
}

/// Two photos compared as a desk compares them.
#[derive(Clone, Copy)]
pub struct Pair {
    bits: u32,
    /// Absent where the fingerprints are out of reach, or the faces too unlike.
    moved_percent: Option<f64>,
}

impl Pair {
    /// Its face was not measured: farther than any.
    const LOST: Pair = Pair {
        bits: u32::MAX,
        moved_percent: None,
    };

    fn of(a: &Photo, b: &Photo) -> Result<Self> {
        let bits = a.print.distance(&b.print);
        let moved_percent = if bits <= REACH_BITS {
            a.open()?.moved_percent(&b.open()?)
        } else {
            None
        };
        Ok(Self { bits, moved_percent })
    }
}

/// One shot, compared with photos of the same and of others.
pub struct Shot {
    photo: Photo,
    /// The photo done over.
    reuses: Vec<Photo>,
    same: Vec<(Reuse, Pair)>,
    /// The photo and its reuses with the same sitter a moment later.
    moment_later: Vec<Pair>,
    weeks_later: Vec<Pair>,
}

pub struct Shots {
    pub sitters: Vec<Shot>,
    pub people: Vec<Shot>,
    /// Each photo and reuse with the photos of everybody else.
    pub strangers: Pairs,
    pub other_people: Pairs,
}

/// # Errors
/// Where the archive can't be written or a photo not be read.
pub fn look(sitters: usize, analyzer: &Analyzer, profile: &Profile) -> Result<Shots> {
    let seen = |jpeg: Vec<u8>| -> Result<Option<Photo>> {
        let report = analyzer.report(&jpeg, profile)?;
        Ok(Photo::of(jpeg, &report))
    };
    let sitting = |seed: u64| -> Result<Shot> {
        let sitter = Sitter::conforming(seed);
        let portrait = render(&sitter);
        let photo = portrait.jpeg(&sitter.encoding);
        let done = |photo: &[u8], how, seed| Ok(reused(photo, Some(&portrait.truth.silhouette), how, seed)?);
        let mut shot = Shot::of(photo, seed, Reuse::ALL.into_iter(), seen, done)?;
        let again = |other: &Sitter| {
            seen(
                taken(other, &portraits::archive())
                    .context("the archive of portraits")?
                    .jpeg,
            )
        };
        for n in 1..=OTHER_SHOTS {
            if let Some(other) = again(&sitter.another_shot(n))? {
                shot.moment_later.extend(shot.to(&other)?);
            }
        }
        if let Some(other) = again(&sitter.weeks_later(1))? {
            shot.weeks_later = shot.to(&other)?;
        }
        Ok(shot)
    };
    let person = |path: &PathBuf| -> Result<Shot> {
        // Few people: each reuse three times, the random ones at random.
        let all = std::iter::repeat_n(Reuse::ALL, 3)
            .flatten()
            .filter(|how| *how != Reuse::Backdrop);
        let done = |photo: &[u8], how, seed| Ok(reused(photo, None, how, seed)?);
        Shot::of(std::fs::read(path)?, 1, all, seen, done)
    };
    let sitters = side_by_side((FIRST_SEED..).take(sitters).collect(), |seed| sitting(*seed))?;
    let people = side_by_side(people(), person)?;
    Ok(Shots {
        strangers: strangers(&sitters)?,
        other_people: strangers(&people)?,
        sitters,
        people,
    })
}

fn strangers(of: &[Shot]) -> Result<Pairs> {
    let mut all = vec![];
    for (index, shot) in of.iter().enumerate() {
        let (before, after) = of.split_at(index);
        for other in before.iter().chain(&after[1..]) {
            all.extend(shot.to(&other.photo)?);
        }
    }
    Ok(Pairs(all))
}

/// Real portraits, never part of the project.
fn people() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/portraits");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return vec![];
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|kind| kind == "png"));
    files.sort();
    files
}

fn side_by_side<T: Sync, R: Send>(all: Vec<T>, look: impl Fn(&T) -> Result<R> + Sync) -> Result<Vec<R>> {
    let next = Mutex::new(all.iter());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let take = || next.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
    let work = || {
        let mut done = vec![];
        while let Some(one) = take() {
            done.push(look(one)?);
        }
        Ok(done)
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut done = vec![];
        for worker in workers {
            done.extend(
                worker
                    .join()
                    .unwrap_or_else(|_| Err(anyhow::anyhow!("a thread gave up")))?,
            );
        }
        Ok(done)
    })
}

impl Shot {
    fn of(
        photo: Vec<u8>,
        seed: u64,
        all: impl Iterator<Item = Reuse>,
        seen: impl Fn(Vec<u8>) -> Result<Option<Photo>>,
        done: impl Fn(&[u8], Reuse, u64) -> Result<Vec<u8>>,
    ) -> Result<Self> {
        let mut shot = Self {
            photo: seen(photo)?.context("a conforming photo without a fingerprint")?,
            reuses: vec![],
            same: vec![],
            moment_later: vec![],
            weeks_later: vec![],
        };
        for (how, n) in all.zip(1000 * seed..) {
            let reuse = seen(done(&shot.photo.jpeg, how, n)?)?;
            let pair = match &reuse {
                Some(reuse) => Pair::of(&shot.photo, reuse)?,
                None => Pair::LOST,
            };
            shot.same.push((how, pair));
            shot.reuses.extend(reuse);
        }
        Ok(shot)
    }

    /// This shot's photo and all its reuses with another photo.
    fn to(&self, other: &Photo) -> Result<Vec<Pair>> {
        let all = std::iter::once(&self.photo).chain(&self.reuses);
        all.map(|photo| Pair::of(photo, other)).collect()
    }
}

#[derive(Clone)]
pub struct Pairs(Vec<Pair>);

impl Pairs {
    fn of<'a>(all: impl Iterator<Item = &'a Pair>) -> Self {
        Self(all.copied().collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Pairs that are laid over each other.
    fn candidates(&self) -> usize {
        self.0.iter().filter(|pair| pair.bits <= REACH_BITS).count()
    }

    /// Pairs whose features have moved by less.
    pub fn below(&self, percent: f64) -> usize {
        let moved = self.0.iter().filter_map(|pair| pair.moved_percent);
        moved.filter(|moved| *moved < percent).count()
    }

    /// Share of them.
    pub fn share(&self, percent: f64) -> f64 {
        self.below(percent) as f64 / self.len().max(1) as f64
    }

    /// How far the features of those laid over each other have moved, at these shares of them.
    fn quantiles(&self, shares: [f64; 4]) -> Option<[f64; 4]> {
        let mut moved: Vec<f64> = self.0.iter().filter_map(|pair| pair.moved_percent).collect();
        moved.sort_by(f64::total_cmp);
        let last = moved.len().checked_sub(1)?;
        Some(shares.map(|share| moved[(share * last as f64).round() as usize]))
    }
}

impl Shots {
    /// The same shot: each reuse against the photo that it was made of. What lost its face counts as farthest.
    pub fn same(of: &[Shot]) -> Pairs {
        Pairs::of(of.iter().flat_map(|shot| &shot.same).map(|(_, pair)| pair))
    }

    /// The same sitter a moment later, against the photo and all its reuses.
    pub fn moment_later(&self) -> Pairs {
        Pairs::of(self.sitters.iter().flat_map(|shot| &shot.moment_later))
    }

    pub fn weeks_later(&self) -> Pairs {
        Pairs::of(self.sitters.iter().flat_map(|shot| &shot.weeks_later))
    }

    /// A line each reuse that is no match below this percent: of which sitter or person, by number, and how it was reused.
    pub fn missed(&self, percent: f64) -> Vec<String> {
        let of = |kind: &'static str, shots: &[Shot]| -> Vec<String> {
            let all = shots.iter().enumerate();
            let all = all.flat_map(|(who, shot)| shot.same.iter().enumerate().map(move |same| (who, same)));
            let missed = all.filter(|(_, (_, (_, pair)))| pair.moved_percent.is_none_or(|moved| moved >= percent));
            let line = |(who, (n, (how, pair))): (usize, (usize, &(Reuse, Pair)))| {
                format!(
                    "missed same_shot {kind} {who} reuse {n} {how:?}: {} bits, moved {:?} %",
                    pair.bits, pair.moved_percent
                )
            };
            missed.map(line).collect()
        };
        [of("sitter", &self.sitters), of("person", &self.people)].concat()
    }

    /// Markdown; `sure` and `doubt`: the profile's percents.
    pub fn table(&self, sure: f64, doubt: f64) -> String {
        let mut text = format!(
            "Same shot: {} sitters and {} real people. Two photos are laid over each other where at most {REACH_BITS} of the 256 \
             bits of their fingerprints differ; features that have then moved by less than {sure} % of the distance between \
             the eyes are a match, by less than {doubt} % a doubt.\n\n\
             | photos compared | pairs | laid over each other | matched | matched or doubtful | moved, %: least · median · 99 % · most |\n\
             | --- | --- | --- | --- | --- | --- |\n",
            self.sitters.len(),
            self.people.len()
        );
        let mut row = |name: &str, all: &Pairs| {
            let percent = |count: usize| 100.0 * count as f64 / all.len().max(1) as f64;
            let moved = all.quantiles([0.0, 0.5, 0.99, 1.0]).map_or("–".to_owned(), |moved| {
                moved.map(|moved| format!("{moved:.3}")).join(" · ")
            });
            // Writing to a string does not fail.
            let _ = writeln!(
                text,
                "| {name} | {} | {:.2} % | {:.4} % | {:.4} % | {moved} |",
                all.len(),
                percent(all.candidates()),
                percent(all.below(sure)),
                percent(all.below(doubt)),
            );
        };
        row("**the same shot**", &Self::same(&self.sitters));
        let mut kinds: BTreeMap<&str, Vec<Pair>> = BTreeMap::new();
        for (how, pair) in self.sitters.iter().flat_map(|shot| &shot.same) {
            kinds.entry(how.name()).or_default().push(*pair);
        }
        for (name, pairs) in kinds {
            row(name, &Pairs(pairs));
        }
        if !self.people.is_empty() {
            row("**the same shot, real people**", &Self::same(&self.people));
            row("different real people", &self.other_people);
        }
        row("**another shot, a moment later**", &self.moment_later());
        row("another shot, weeks later", &self.weeks_later());
        row("**different sitters**", &self.strangers);
        text
    }
}
