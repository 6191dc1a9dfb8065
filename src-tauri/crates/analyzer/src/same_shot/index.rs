//! Millions of fingerprints in memory, searched exactly: everything within the distance is found, nothing else.
//!
//! Fingerprints lie in blocks of 512, turned on their side: the first bit of all, then the second of all, and so on. So
//! one register of the processor holds one bit of many fingerprints, and their distances to the one asked for are counted
//! side by side in counters that are sliced the same way. A block is left as soon as each of its fingerprints differs in
//! more bits than allowed, which strangers do by half of the bits; meanwhile the next one is fetched, for it is the memory
//! that takes the time. None of it depends on how like each other the fingerprints are. 40 bytes a fingerprint, its id
//! included. Must not live here: what a bit means.

use rten_simd::ops::BitOps;
use rten_simd::{Isa, Simd, SimdOp};

use super::{BITS, Fingerprint, WORDS};

/// Words side by side in one plane of a block: what memory hands out at once.
const LANES: usize = 16;
const WORD_BITS: usize = i32::BITS as usize;
const BLOCK: usize = WORD_BITS * LANES;
/// Registers in a plane, of the narrowest processor.
const COLUMNS_MAX: usize = 4;
/// Bits of a counter: up to 256.
const DIGITS: usize = 9;
/// Planes that are added up at once.
const AT_ONCE: usize = 8;
/// Whether a block can be left is asked from this many planes on beyond twice the bits that may differ.
const BEYOND: usize = 28;

type Plane = [i32; LANES];

#[repr(align(64))]
struct Block([Plane; BITS]);

/// In the order of insertion; the last, unfinished block lies row by row.
#[derive(Default)]
pub struct Index {
    ids: Vec<u64>,
    blocks: Vec<Block>,
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
        Search {
            blocks: &self.blocks,
            asked: fingerprint.words(),
            within_bits,
            note: |place, distance| found.push((self.ids[place], distance)),
        }
        .dispatch();
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

/// Of all blocks, which fingerprints are near.
struct Search<'a, F> {
    blocks: &'a [Block],
    asked: [u64; WORDS],
    within_bits: u32,
    /// Gets the place of each in the order of insertion, and its distance.
    note: F,
}

/// Sliced counters, the lowest digit first.
type Count<V> = [V; DIGITS];

impl<F: FnMut(usize, u32)> SimdOp for Search<'_, F> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(mut self, isa: I) {
        let ops = isa.i32();
        let columns = LANES / ops.len();
        let is_set = |bit: usize| self.asked[bit / 64] >> (bit % 64) & 1 == 1;
        let asked: [I::I32; BITS] = std::array::from_fn(|bit| ops.splat(if is_set(bit) { -1 } else { 0 }));
        let at_first = (self.within_bits as usize).saturating_mul(2).saturating_add(BEYOND) / AT_ONCE;
        let at_first = at_first.min(BITS / AT_ONCE - 1);
        for (number, block) in self.blocks.iter().enumerate() {
            let next = self.blocks.get(number + 1).unwrap_or(block);
            let mut counts: [Count<I::I32>; COLUMNS_MAX] = [[ops.zero(); DIGITS]; COLUMNS_MAX];
            let mut is_left = false;
            let steps = block
                .0
                .as_chunks::<AT_ONCE>()
                .0
                .iter()
                .zip(asked.as_chunks::<AT_ONCE>().0);
            for (step, (planes, asked)) in steps.enumerate() {
                for plane in &next.0[step * AT_ONCE..][..AT_ONCE] {
                    ops.prefetch(plane.as_ptr());
                }
                for (column, count) in counts.iter_mut().take(columns).enumerate() {
                    let first = column * ops.len();
                    let differs = |k: usize| ops.xor(ops.load(&planes[k][first..]), asked[k]);
                    add(ops, count, std::array::from_fn(differs));
                }
                if step >= at_first {
                    let mut any = ops.zero();
                    for count in counts.iter().take(columns) {
                        any = ops.or(any, at_most(ops, count, self.within_bits));
                    }
                    is_left = any.to_array().into_iter().all(|word| word == 0);
                    if is_left {
                        break;
                    }
                }
            }
            if is_left {
                continue;
            }
            for (column, count) in counts.iter().take(columns).enumerate() {
                let near = at_most(ops, count, self.within_bits).to_array();
                for (lane, word) in near.into_iter().enumerate() {
                    for bit in (0..WORD_BITS).filter(|bit| word >> bit & 1 == 1) {
                        let digits = count.iter().enumerate();
                        let digits = digits.map(|(digit, sum)| ((sum.to_array()[lane] >> bit & 1) as u32) << digit);
                        let place = number * BLOCK + (column * ops.len() + lane) * WORD_BITS + bit;
                        (self.note)(place, digits.sum());
                    }
                }
            }
        }
    }
}

/// Adds eight bits to each counter.
#[inline(always)]
fn add<O: BitOps<i32>>(ops: O, count: &mut Count<O::Simd>, bits: [O::Simd; AT_ONCE]) {
    let [ones, twos, fours, rest @ ..] = count;
    let two = [0, 2, 4, 6].map(|k| sum(ops, ones, bits[k], bits[k + 1]));
    let four = [0, 2].map(|k| sum(ops, twos, two[k], two[k + 1]));
    let mut carry = sum(ops, fours, four[0], four[1]);
    for digit in rest {
        (*digit, carry) = (ops.xor(*digit, carry), ops.and(*digit, carry));
    }
}

/// Adds two bits to a digit and returns the carry.
#[inline(always)]
fn sum<O: BitOps<i32>>(ops: O, digit: &mut O::Simd, a: O::Simd, b: O::Simd) -> O::Simd {
    let half = ops.xor(a, b);
    let carry = ops.or(ops.and(a, b), ops.and(*digit, half));
    *digit = ops.xor(*digit, half);
    carry
}

/// Where the counter is no greater.
#[inline(always)]
fn at_most<O: BitOps<i32>>(ops: O, count: &Count<O::Simd>, most: u32) -> O::Simd {
    // A limit beyond all digits is never reached.
    if most >> DIGITS > 0 {
        return ops.splat(-1);
    }
    let (mut less, mut equal) = (ops.zero(), ops.splat(-1));
    for (digit, plane) in count.iter().enumerate().rev() {
        if most >> digit & 1 == 1 {
            less = ops.or(less, ops.and(equal, ops.not(*plane)));
            equal = ops.and(equal, *plane);
        } else {
            equal = ops.and(equal, ops.not(*plane));
        }
    }
    ops.or(less, equal)
}

fn turned(rows: &[Fingerprint]) -> Block {
    let mut block = [[0; LANES]; BITS];
    for (pair, rows) in rows.chunks(64).enumerate() {
        for word in 0..WORDS {
            let mut square: [u64; 64] = std::array::from_fn(|row| rows.get(row).map_or(0, |row| row.words()[word]));
            transpose(&mut square);
            for (bit, column) in square.into_iter().enumerate() {
                block[word * 64 + bit][2 * pair..][..2].copy_from_slice(&[column as i32, (column >> 32) as i32]);
            }
        }
    }
    Block(block)
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
