//! Same shot (同版): a fingerprint of the moment at which a face was photographed, and whether two photos that it brings
//! together show that very moment.
//!
//! The same shot cropped, scaled, compressed, brightened, framed or put before another background keeps its fingerprint
//! within few bits; the same person a second later mostly does not. What is near is then laid over the photo itself: in
//! the same shot no feature has moved against another, a second later all have. The background is not looked at.
//!
//! `patch` reads a face out of a photo, `face` takes it apart into waves, this file makes bits of them, `index` finds the
//! nearest of millions, `moved` measures the movement. Must not live here: limits (the profile's), files, network.

mod face;
mod index;
mod moved;
mod patch;

use std::fmt;
use std::sync::LazyLock;

pub use index::Index;
pub use moved::Portrait;

use crate::checks::integrity;
use crate::face::Face;
use crate::picture::Pyramid;
use crate::profile::Profile;
use crate::report::{Report, ShotPrint};
use face::{HIGH, WIDE, Waves};

/// Raised whenever the same photo gets other bits: fingerprints of two versions can't be compared.
pub const VERSION: u32 = 2;
/// Bits of a fingerprint.
pub const BITS: usize = 256;
const WORDS: usize = BITS / 64;

/// Two of unrelated faces differ in about half of their bits, two of the same shot in a tenth at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint([u64; WORDS]);

/// Waves coarser than this are the light's and not used, in (waves in 20 distances between the eyes)²; finer ones than
/// the first 256 are the compression's.
const COARSEST: usize = 800;
/// A bit turns over where its wave has grown by this much, in the unit of [`Waves`]. The same shot changes by a tenth
/// of it, another shot by half (80 sitters of the studio).
const STEP: f32 = 9.5;
/// The golden ratio: so much further along its own step does each bit start.
const GOLDEN: f32 = 0.618_034;

/// Which waves, across and down, from the coarsest on.
static CHOSEN: LazyLock<Vec<[usize; 2]>> = LazyLock::new(|| {
    // Across a number counts halves of a wave over 64 samples, down over 80; 20 distances are 640 samples.
    let fineness = |[across, down]: [usize; 2]| (across * HIGH / 16).pow(2) + (down * WIDE / 16).pow(2);
    let mut all: Vec<[usize; 2]> = (0..face::ACROSS)
        .flat_map(|across| (0..face::DOWN).map(move |down| [across, down]))
        .filter(|wave| fineness(*wave) >= COARSEST)
        .collect();
    all.sort_by_key(|wave| (fineness(*wave), *wave));
    all.truncate(BITS);
    all
});

impl Fingerprint {
    pub(crate) fn of(face: &Face, pyramid: &Pyramid) -> Self {
        Self::of_waves(&face::waves(face.eyes.map(|eye| eye.centre), pyramid))
    }

    /// Each wave is cut into steps, and the bit says whether the step's number is odd: so it tells a small change of the
    /// face from none however strong the wave is, which differs from person to person.
    fn of_waves(waves: &Waves) -> Self {
        let mut words = [0; WORDS];
        for (bit, wave) in CHOSEN.iter().enumerate() {
            let start = (bit as f32 * GOLDEN).fract();
            let step = (waves.at(*wave) / STEP + start).floor();
            words[bit / 64] |= u64::from(step.rem_euclid(2.0) == 1.0) << (bit % 64);
        }
        Self(words)
    }

    /// Bits that differ.
    pub fn distance(&self, other: &Self) -> u32 {
        self.0.iter().zip(other.0).map(|(a, b)| (a ^ b).count_ones()).sum()
    }

    /// Of the photo that the report is about; `None` where no single face was measured, or by another version.
    pub fn of_report(report: &Report) -> Option<Self> {
        report.shot.as_ref().and_then(Self::read)
    }

    /// From a print; `None` where that was made by another version or isn't one.
    pub fn read(print: &ShotPrint) -> Option<Self> {
        let mut bytes = [0; BITS / 8];
        hex::decode_to_slice(&print.bits, &mut bytes).ok()?;
        let mut words = [0; WORDS];
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *word = u64::from_be_bytes(*bytes);
        }
        (print.version == VERSION).then_some(Self(words))
    }

    pub fn print(&self) -> ShotPrint {
        ShotPrint {
            version: VERSION,
            bits: self.to_string(),
        }
    }

    pub fn from_words(words: [u64; WORDS]) -> Self {
        Self(words)
    }

    pub fn words(&self) -> [u64; WORDS] {
        self.0
    }
}

/// Photos whose fingerprints differ in at most so many bits are laid over each other. The same shot stays within 80 (60
/// sitters of the studio), strangers differ in 127 with a deviation of 8: of ten million about 25 are so near.
pub const REACH_BITS: u32 = 90;

/// Whether the profile has a rule on same shots.
pub fn has_rule(profile: &Profile) -> bool {
    profile.integrity.same_shot_moved_percent.is_some()
}

/// Whether a photo against which the features have moved so far ([`Portrait::moved_percent`]) is the same shot or may be
/// one, so that a person looks at it.
pub fn is_near(moved_percent: f64, profile: &Profile) -> bool {
    let limit = &profile.integrity.same_shot_moved_percent;
    limit.is_some_and(|limit| moved_percent < limit.pass)
}

/// Judges the rule `same_shot` of a report whose fingerprint was looked for among known photos. `moved_percent`: how far
/// the features have moved against the nearest's, or `None` where none is near. Which photos those are is the caller's
/// business: an own earlier attempt, say, is none of them.
pub fn compare(report: &mut Report, moved_percent: Option<f64>, profile: &Profile) {
    let place = report
        .checks
        .iter_mut()
        .find(|check| check.code == integrity::SAME_SHOT);
    let limit = &profile.integrity.same_shot_moved_percent;
    let (Some(check), Some(geometry), Some(limit)) = (place, &report.geometry, limit) else {
        return;
    };
    *check = integrity::same_shot(geometry.face_box, moved_percent, limit);
}

/// Hexadecimal, 64 digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|word| write!(f, "{word:016x}"))
    }
}
