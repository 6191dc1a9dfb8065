//! Same shot (同版): a fingerprint of the moment at which a face was photographed, and how two of them are compared.
//!
//! The same shot cropped, scaled, compressed, brightened, framed or put before another background keeps its fingerprint
//! within few bits; the same person a second later does not, because the head has moved against the light and the
//! features against each other. The background is not looked at.
//!
//! `face` aligns the face and takes it apart into waves, this file makes bits of them, `index` finds the nearest of
//! millions. Must not live here: limits (the profile's), files, network.

mod face;
mod index;

use std::fmt;
use std::sync::LazyLock;

pub use index::Index;

use crate::checks::integrity;
use crate::face::Face;
use crate::picture::Pyramid;
use crate::profile::Profile;
use crate::report::{Report, ShotPrint};
use face::{HIGH, WIDE, Waves};

/// Raised whenever the same photo gets other bits: fingerprints of two versions can't be compared.
pub const VERSION: u32 = 1;
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

/// How many bits may differ in a match and in a doubt under this profile; `None` where it has no such rule.
pub fn reach_bits(profile: &Profile) -> Option<[u32; 2]> {
    let limit = profile.integrity.same_shot_percent?;
    Some([limit.fail, limit.pass].map(|alike| ((100.0 - alike) / 100.0 * BITS as f64).floor() as u32))
}

/// Judges the rule `same_shot` of a report whose fingerprint was looked for among known photos. `nearest_bits`: the
/// distance of the nearest, or `None` where none lies within reach. Which photos those are is the caller's business: an
/// own earlier attempt, say, is none of them.
pub fn compare(report: &mut Report, nearest_bits: Option<u32>, profile: &Profile) {
    let place = report
        .checks
        .iter_mut()
        .find(|check| check.code == integrity::SAME_SHOT);
    let (Some(check), Some(geometry), Some(limit)) = (place, &report.geometry, &profile.integrity.same_shot_percent)
    else {
        return;
    };
    *check = integrity::same_shot(geometry.face_box, nearest_bits, limit);
}

/// Hexadecimal, 64 digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|word| write!(f, "{word:016x}"))
    }
}
