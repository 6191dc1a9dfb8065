//! Millions of fingerprints in memory, searched exactly: everything within the distance is found, nothing else.
//!
//! Fingerprints lie in blocks of 256, turned on their side: the first bit of all, then the second of all, and so on. So
//! one machine word holds one bit of 64 fingerprints, and their distances to the one asked for are counted side by side
//! in counters that are sliced the same way. A block is left as soon as each of its fingerprints differs in more bits
//! than allowed, which strangers do by half of the bits: most of the memory is never read, and none of it depends on how
//! like each other the fingerprints are. 40 bytes a fingerprint, its id included. Must not live here: what a bit means.

use super::{BITS, Fingerprint, WORDS};

/// Words side by side in one plane of a block.
const LANES: usize = 4;
const BLOCK: usize = 64 * LANES;
/// Bits of a counter: up to 256.
const DIGITS: usize = 9;
/// Planes that are added up at once.
const AT_ONCE: usize = 8;
/// Planes between two looks at whether a block can be left, and before the first.
const BETWEEN: usize = 32;
const AT_FIRST: usize = 96;

type Plane = [u64; LANES];

/// In the order of insertion; the last, unfinished block lies row by row.
#[derive(Default)]
pub struct Index {
    ids: Vec<u64>,
    blocks: Vec<Box<[Plane; BITS]>>,
    rows: Vec<Fingerprint>,
}

impl Index {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// An id may be inserted more than once: a person has many photos.
    pub fn insert(&mut self, id: u64, fingerprint: Fingerprint) {
        self.ids.push(id);
        self.rows.push(fingerprint);
        if self.rows.len() == BLOCK {
            self.blocks.push(turned(&self.rows));
            self.rows.clear();
        }
    }

    /// Ids and distances of all that differ in at most `within_bits`, the nearest first.
    pub fn find(&self, fingerprint: &Fingerprint, within_bits: u32) -> Vec<(u64, u32)> {
        let mut found = Vec::new();
        for (block, ids) in self.blocks.iter().zip(self.ids.chunks_exact(BLOCK)) {
            let Some((near, count)) = count(block, fingerprint, within_bits) else {
                continue;
            };
            for (lane, near) in near.iter().enumerate() {
                let mut near = *near;
                while near != 0 {
                    let bit = near.trailing_zeros() as usize;
                    near &= near - 1;
                    found.push((ids[lane * 64 + bit], value(&count, lane, bit)));
                }
            }
        }
        let rest = &self.ids[self.blocks.len() * BLOCK..];
        let distances = self.rows.iter().map(|row| row.distance(fingerprint));
        found.extend(rest.iter().copied().zip(distances).filter(|(_, d)| *d <= within_bits));
        found.sort_unstable_by_key(|(id, distance)| (*distance, *id));
        found
    }
}

impl Extend<(u64, Fingerprint)> for Index {
    fn extend<T: IntoIterator<Item = (u64, Fingerprint)>>(&mut self, many: T) {
        let many = many.into_iter();
        self.ids.reserve(many.size_hint().0);
        self.blocks.reserve(many.size_hint().0 / BLOCK);
        many.for_each(|(id, fingerprint)| self.insert(id, fingerprint));
    }
}

impl FromIterator<(u64, Fingerprint)> for Index {
    fn from_iter<T: IntoIterator<Item = (u64, Fingerprint)>>(many: T) -> Self {
        let mut index = Self::new();
        index.extend(many);
        index
    }
}

/// Sliced counters, the lowest digit first.
type Count = [Plane; DIGITS];

/// Which fingerprints of the block are near, and all distances; `None` as soon as none can be near any more.
fn count(block: &[Plane; BITS], asked: &Fingerprint, within_bits: u32) -> Option<(Plane, Count)> {
    let words = asked.words();
    let mut count = [[0; LANES]; DIGITS];
    let mut near = [u64::MAX; LANES];
    for (step, planes) in block.as_chunks::<AT_ONCE>().0.iter().enumerate() {
        let first = step * AT_ONCE;
        let bits = words[first / 64] >> (first % 64);
        let differs = |k: usize| {
            let asked = (bits >> k & 1).wrapping_neg();
            planes[k].map(|plane| plane ^ asked)
        };
        let [ones, twos, fours, rest @ ..] = &mut count;
        let two = [0, 2, 4, 6].map(|k| add(ones, differs(k), differs(k + 1)));
        let four = [0, 2].map(|k| add(twos, two[k], two[k + 1]));
        let mut carry = add(fours, four[0], four[1]);
        for digit in rest {
            carry = add(digit, carry, [0; LANES]);
        }
        let done = first + AT_ONCE;
        if done >= AT_FIRST && done.is_multiple_of(BETWEEN) {
            near = at_most(&count, within_bits);
            if near == [0; LANES] {
                return None;
            }
        }
    }
    Some((near, count))
}

/// Adds two bits to each sliced digit and returns the carries.
fn add(digit: &mut Plane, a: Plane, b: Plane) -> Plane {
    std::array::from_fn(|lane| {
        let (d, a, b) = (digit[lane], a[lane], b[lane]);
        let half = a ^ b;
        digit[lane] = d ^ half;
        (a & b) | (d & half)
    })
}

/// Where the counter is no greater.
fn at_most(count: &Count, most: u32) -> Plane {
    std::array::from_fn(|lane| {
        let (mut less, mut equal) = (0, u64::MAX);
        for (digit, plane) in count.iter().enumerate().rev() {
            let limit = u64::from(most >> digit & 1).wrapping_neg();
            less |= equal & !plane[lane] & limit;
            equal &= !(plane[lane] ^ limit);
        }
        // A limit beyond all digits is never reached.
        if most >> DIGITS > 0 { u64::MAX } else { less | equal }
    })
}

fn value(count: &Count, lane: usize, bit: usize) -> u32 {
    let digits = count.iter().enumerate();
    digits
        .map(|(digit, plane)| ((plane[lane] >> bit & 1) as u32) << digit)
        .sum()
}

fn turned(rows: &[Fingerprint]) -> Box<[Plane; BITS]> {
    let mut block = Box::new([[0; LANES]; BITS]);
    for (lane, rows) in rows.chunks(64).enumerate() {
        for word in 0..WORDS {
            let mut square: [u64; 64] = std::array::from_fn(|row| rows.get(row).map_or(0, |row| row.words()[word]));
            transpose(&mut square);
            for (bit, column) in square.into_iter().enumerate() {
                block[word * 64 + bit][lane] = column;
            }
        }
    }
    block
}

/// Swaps rows and columns of 64 × 64 bits: first the quarters of the whole, then those of each quarter, and so on.
fn transpose(square: &mut [u64; 64]) {
    let (mut size, mut mask) = (32, u64::MAX >> 32);
    while size > 0 {
        for row in (0..64).filter(|row| row & size == 0) {
            let swap = (square[row] >> size ^ square[row + size]) & mask;
            square[row] ^= swap << size;
            square[row + size] ^= swap;
        }
        size /= 2;
        mask ^= mask << size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A splitmix stream.
    fn random(seed: u64) -> impl FnMut() -> u64 {
        let mut state = seed;
        move || {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^ (z >> 31)
        }
    }

    #[test]
    fn everything_within_the_distance_is_found_and_nothing_else() {
        let mut next = random(5);
        let asked = Fingerprint::from_words(std::array::from_fn(|_| next()));
        // Around each limit, and strangers; two full blocks and a bit.
        let all: Vec<(u64, Fingerprint)> = (0..2 * BLOCK as u64 + 77)
            .map(|id| {
                let mut words = asked.words();
                let flips = if id % 3 == 0 { 200 } else { id % 70 };
                for _ in 0..flips {
                    let bit = (next() % BITS as u64) as usize;
                    words[bit / 64] ^= 1 << (bit % 64);
                }
                (id, Fingerprint::from_words(words))
            })
            .collect();
        let index: Index = all.iter().copied().collect();
        assert_eq!(index.len(), all.len());
        for within in [0, 1, 16, 31, 32, 47, 64, 127, 128, 255, 256, 512, u32::MAX] {
            let mut expected: Vec<(u64, u32)> = all
                .iter()
                .map(|(id, print)| (*id, print.distance(&asked)))
                .filter(|(_, distance)| *distance <= within)
                .collect();
            expected.sort_by_key(|(id, distance)| (*distance, *id));
            assert_eq!(index.find(&asked, within), expected, "within {within}");
        }
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        let asked = Fingerprint::from_words([0; WORDS]);
        assert!(Index::new().is_empty() && Index::new().find(&asked, 256).is_empty());
    }
}
