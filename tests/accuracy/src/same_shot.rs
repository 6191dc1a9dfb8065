//! Whether the same shot is known again and another shot of the same person is not. Sitters of the studio, and where
//! they are at hand the real portraits beside the checkout.

use analyzer::same_shot::Fingerprint;
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

/// One shot: its photo, the same done over, and the photos that are none of it.
pub struct Shot {
    photo: Fingerprint,
    reuses: Vec<(Reuse, Fingerprint)>,
    others: Vec<Fingerprint>,
    later: Vec<Fingerprint>,
    /// Photos without a fingerprint: no face was measured.
    lost: usize,
}

pub struct Shots {
    pub sitters: Vec<Shot>,
    pub people: Vec<Shot>,
}

/// # Errors
/// Where the archive can't be written or a photo not be read.
pub fn look(sitters: usize, analyzer: &Analyzer, profile: &Profile) -> Result<Shots> {
    let printed =
        |bytes: &[u8]| -> Result<Option<Fingerprint>> { Ok(Fingerprint::of_report(&analyzer.report(bytes, profile)?)) };
    let sitting = |seed: u64| -> Result<Shot> {
        let sitter = Sitter::conforming(seed);
        let portrait = render(&sitter);
        let photo = portrait.jpeg(&sitter.encoding);
        let mut shot = Shot::of(&photo, seed, Reuse::ALL.into_iter(), printed, |how, seed| {
            Ok(reused(&photo, Some(&portrait.truth.silhouette), how, seed)?)
        })?;
        let again = |other: &Sitter| -> Result<Option<Fingerprint>> {
            printed(
                &taken(other, &portraits::archive())
                    .context("the archive of portraits")?
                    .jpeg,
            )
        };
        for n in 1..=OTHER_SHOTS {
            shot.others.extend(again(&sitter.another_shot(n))?);
        }
        shot.later.extend(again(&sitter.weeks_later(1))?);
        Ok(shot)
    };
    let person = |path: &PathBuf| -> Result<Shot> {
        let photo = std::fs::read(path)?;
        // Few people: each reuse three times, the random ones at random.
        let all = std::iter::repeat_n(Reuse::ALL, 3)
            .flatten()
            .filter(|how| *how != Reuse::Backdrop);
        Shot::of(&photo, 1, all, printed, |how, seed| {
            Ok(reused(&photo, None, how, seed)?)
        })
    };
    Ok(Shots {
        sitters: side_by_side((FIRST_SEED..).take(sitters).collect(), |seed| sitting(*seed))?,
        people: side_by_side(people(), person)?,
    })
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
        photo: &[u8],
        seed: u64,
        all: impl Iterator<Item = Reuse>,
        printed: impl Fn(&[u8]) -> Result<Option<Fingerprint>>,
        done: impl Fn(Reuse, u64) -> Result<Vec<u8>>,
    ) -> Result<Self> {
        let mut shot = Self {
            photo: printed(photo)?.context("a conforming photo without a fingerprint")?,
            reuses: vec![],
            others: vec![],
            later: vec![],
            lost: 0,
        };
        for (how, n) in all.zip(1000 * seed..) {
            match printed(&done(how, n)?)? {
                Some(print) => shot.reuses.push((how, print)),
                None => shot.lost += 1,
            }
        }
        Ok(shot)
    }

    fn all(&self) -> impl Iterator<Item = &Fingerprint> {
        std::iter::once(&self.photo).chain(self.reuses.iter().map(|(_, print)| print))
    }

    /// Distances of this shot's photos to those of others.
    fn to<'a>(&'a self, others: &'a [Fingerprint]) -> impl Iterator<Item = u32> + 'a {
        self.all()
            .flat_map(|print| others.iter().map(|other| print.distance(other)))
    }
}

/// Distances in bits, sorted.
pub struct Distances(Vec<u32>);

impl Distances {
    fn of(all: impl Iterator<Item = u32>) -> Self {
        let mut all: Vec<u32> = all.collect();
        all.sort_unstable();
        Self(all)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn within(&self, bits: u32) -> usize {
        self.0.partition_point(|distance| *distance <= bits)
    }

    /// Share of them within so many bits.
    pub fn share(&self, bits: u32) -> f64 {
        self.within(bits) as f64 / self.len().max(1) as f64
    }

    fn at(&self, share: f64) -> u32 {
        let last = self.len().saturating_sub(1);
        self.0.get((share * last as f64).round() as usize).copied().unwrap_or(0)
    }
}

impl Shots {
    /// The same shot: each reuse against the photo that it was made of. What lost its face counts as farthest.
    pub fn same(of: &[Shot]) -> Distances {
        let reuses = of.iter().flat_map(|shot| {
            let near = shot.reuses.iter().map(|(_, print)| print.distance(&shot.photo));
            near.chain(std::iter::repeat_n(u32::MAX, shot.lost))
        });
        Distances::of(reuses)
    }

    /// The same sitter a moment later, against the photo and all its reuses.
    pub fn moment_later(&self) -> Distances {
        Distances::of(self.sitters.iter().flat_map(|shot| shot.to(&shot.others)))
    }

    pub fn weeks_later(&self) -> Distances {
        Distances::of(self.sitters.iter().flat_map(|shot| shot.to(&shot.later)))
    }

    /// Each photo and reuse against the photos of everybody else.
    pub fn strangers(of: &[Shot]) -> Distances {
        let photos: Vec<Fingerprint> = of.iter().map(|shot| shot.photo).collect();
        let apart = of.iter().enumerate().flat_map(|(index, shot)| {
            let (before, after) = photos.split_at(index);
            shot.to(before).chain(shot.to(&after[1..]))
        });
        Distances::of(apart)
    }

    /// Markdown; `sure` and `doubt`: the profile's bits.
    pub fn table(&self, sure: u32, doubt: u32) -> String {
        let mut text = format!(
            "Same shot: {} sitters and {} real people; a match is at most {sure} of 256 bits away, a doubt at most {doubt}.\n\n\
             | photos compared | pairs | matched | matched or doubtful | bits apart: 1 % · median · 99 % |\n\
             | --- | --- | --- | --- | --- |\n",
            self.sitters.len(),
            self.people.len()
        );
        let mut row = |name: &str, all: &Distances| {
            // Writing to a string does not fail.
            let _ = writeln!(
                text,
                "| {name} | {} | {:.4} % | {:.4} % | {} · {} · {} |",
                all.len(),
                100.0 * all.share(sure),
                100.0 * all.share(doubt),
                all.at(0.01),
                all.at(0.5),
                all.at(0.99)
            );
        };
        row("**the same shot**", &Self::same(&self.sitters));
        let mut kinds: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for shot in &self.sitters {
            for (how, print) in &shot.reuses {
                kinds.entry(how.name()).or_default().push(print.distance(&shot.photo));
            }
        }
        for (name, distances) in kinds {
            row(name, &Distances::of(distances.into_iter()));
        }
        if !self.people.is_empty() {
            row("**the same shot, real people**", &Self::same(&self.people));
            row("different real people", &Self::strangers(&self.people));
        }
        row("**another shot, a moment later**", &self.moment_later());
        row("another shot, weeks later", &self.weeks_later());
        row("**different sitters**", &Self::strangers(&self.sitters));
        text
    }
}
