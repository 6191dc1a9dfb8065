//! Which sitters are photographed, and what the analyzer says of each.

use analyzer::report::{Geometry, Measured, Status};
use analyzer::{Analyzer, Profile};
use anyhow::{Context, Result};
use portraits::sitter::HairStyle;
use portraits::{Defect, Sitter, Truth};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where the seeds of this measurement begin; limits were chosen on others.
const FIRST_SEED: u64 = 1_000_000;
/// How plain the defects are, in turn.
const STRENGTHS: [f32; 4] = [1.0, 0.7, 1.0, 0.4];
/// The tones that are rare among the sitters and get a third of the conforming ones here, so that none goes unmeasured.
const RARE_TONES: std::ops::RangeInclusive<u8> = 3..=5;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    pub seed: u64,
    pub defect: Defect,
    pub strength: f32,
    /// Chosen for the tone, so that the sitter doesn't count where shares of all sitters are asked.
    pub chosen: bool,
}

pub struct Seen {
    pub pose: Pose,
    pub sitter: Sitter,
    pub truth: Truth,
    pub checks: BTreeMap<String, Found>,
    pub geometry: Option<Geometry>,
}

pub struct Found {
    pub status: Status,
    pub value: Option<f64>,
}

impl Found {
    /// Neither failed, warned of nor left in doubt.
    pub fn is_passed(&self) -> bool {
        matches!(self.status, Status::Pass | Status::NotApplicable)
    }
}

impl Seen {
    pub fn is_conforming(&self) -> bool {
        self.pose.defect == Defect::None
    }

    pub fn is_plain(&self) -> bool {
        !self.is_conforming() && self.pose.strength >= 1.0
    }

    pub fn has(&self, status: Status) -> bool {
        self.checks.values().any(|found| found.status == status)
    }

    pub fn status(&self, code: &str) -> Option<Status> {
        self.checks.get(code).map(|found| found.status)
    }

    /// The groups that must be judged alike.
    pub fn groups(&self) -> [(&'static str, &'static str); 3] {
        let tone = match self.sitter.skin.tone {
            0 | 1 => "fair",
            2 | 3 => "medium",
            _ => "dark",
        };
        let glasses = if self.sitter.glasses.is_some() { "worn" } else { "none" };
        let hair = match self.sitter.hair.style {
            HairStyle::Bald | HairStyle::Buzz => "none or shaved",
            HairStyle::Tied | HairStyle::TiedParted => "tied",
            HairStyle::Bob | HairStyle::BobFringe => "to the neck",
            HairStyle::LongBehind | HairStyle::LongFront | HairStyle::LongFringe => "long",
            HairStyle::SidePart | HairStyle::SweptUp | HairStyle::Textured | HairStyle::Forward => "short",
            HairStyle::Curls => "curls",
        };
        [("skin", tone), ("glasses", glasses), ("hair", hair)]
    }
}

/// A third of the sitters conforms; the rest shares the defects, more of them plain than subtle.
pub fn plan(sitters: usize, only: &[Defect]) -> Vec<Pose> {
    let defects: Vec<Defect> = if only.is_empty() {
        let all = Defect::ALL.into_iter();
        all.filter(|defect| *defect != Defect::None).collect()
    } else {
        only.to_vec()
    };
    let conforming = sitters / 3;
    let natural = conforming - conforming / 3;
    let mut seeds = FIRST_SEED..;
    let mut poses: Vec<Pose> = seeds
        .by_ref()
        .take(natural)
        .map(|seed| conforming_pose(seed, false))
        .collect();
    let rare = |seed: &u64| RARE_TONES.contains(&Sitter::conforming(*seed).skin.tone);
    let chosen: Vec<u64> = seeds.by_ref().filter(rare).take(conforming - natural).collect();
    poses.extend(chosen.into_iter().map(|seed| conforming_pose(seed, true)));
    poses.extend((0..sitters - conforming).zip(seeds).map(|(index, seed)| Pose {
        seed,
        defect: defects[index % defects.len()],
        strength: STRENGTHS[index / defects.len() % STRENGTHS.len()],
        chosen: false,
    }));
    poses
}

fn conforming_pose(seed: u64, chosen: bool) -> Pose {
    Pose {
        seed,
        defect: Defect::None,
        strength: 0.0,
        chosen,
    }
}

/// Every sitter photographed (or found in the archive) and reported on, in the plan's order.
pub fn look(
    plan: &[Pose],
    analyzer: &Analyzer,
    profile: &Profile,
    progress: impl Fn(usize) + Sync,
) -> Result<Vec<Seen>> {
    let next = AtomicUsize::new(0);
    let seen: Mutex<Vec<(usize, Result<Seen>)>> = Mutex::new(Vec::with_capacity(plan.len()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(pose) = plan.get(index) else {
                        return;
                    };
                    let one = look_at(pose, analyzer, profile);
                    let mut seen = seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    seen.push((index, one));
                    progress(seen.len());
                }
            });
        }
    });
    let mut seen = seen.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    seen.sort_by_key(|(index, _)| *index);
    seen.into_iter().map(|(_, one)| one).collect()
}

fn look_at(pose: &Pose, analyzer: &Analyzer, profile: &Profile) -> Result<Seen> {
    let mut sitter = Sitter::conforming(pose.seed);
    sitter.spoil(pose.defect, pose.strength);
    let taken = portraits::taken(&sitter, &portraits::archive()).context("the archive of portraits")?;
    let report = analyzer
        .report(&taken.jpeg, profile)
        .with_context(|| format!("{pose:?} can't be read"))?;
    let value = |measured: &Option<Measured>| match measured {
        Some(Measured::Number { value, .. }) => Some(*value),
        _ => None,
    };
    let checks = report.checks.iter().map(|check| {
        let found = Found {
            status: check.status,
            value: value(&check.measured),
        };
        (check.code.clone(), found)
    });
    Ok(Seen {
        pose: *pose,
        sitter,
        truth: taken.truth,
        checks: checks.collect(),
        geometry: report.geometry.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_has_every_defect_plain_and_the_rare_tones() {
        let plan = plan(600, &[]);
        assert_eq!(plan.len(), 600);
        for defect in Defect::ALL.into_iter().filter(|d| *d != Defect::None) {
            let plain = |pose: &&Pose| pose.defect == defect && pose.strength == 1.0;
            assert!(plan.iter().filter(plain).count() > 1, "{defect:?}");
        }
        let chosen = plan.iter().filter(|pose| pose.chosen);
        assert!(chosen.clone().count() > 60);
        assert!(chosen.clone().all(|pose| Sitter::conforming(pose.seed).skin.tone >= 3));
        let mut seeds: Vec<u64> = plan.iter().map(|pose| pose.seed).collect();
        seeds.dedup();
        assert_eq!(seeds.len(), 600);
    }
}
