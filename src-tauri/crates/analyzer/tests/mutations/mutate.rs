//! Alterations, each drawn from a seed: bits, numbers, pieces taken out, doubled, moved over from another file, ends cut.

use super::bytes::crc32;

/// Numbers that make lengths and sizes overflow.
const NUMBERS: [u32; 12] = [
    0,
    1,
    7,
    8,
    255,
    256,
    0x7fff,
    0x8000,
    0xffff,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
];

/// Xorshift.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below.max(1)
    }
}

pub fn altered(files: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = files[chance.below(files.len())].clone();
    for _ in 0..1 + chance.below(4) {
        alter(&mut bytes, files, chance);
    }
    // Check sums that are right again let the alteration through to the decoder.
    if bytes.starts_with(b"\x89PNG") && chance.below(4) > 0 {
        check_sums(&mut bytes);
    }
    bytes
}

fn alter(bytes: &mut Vec<u8>, files: &[Vec<u8>], chance: &mut Chance) {
    if bytes.is_empty() {
        return;
    }
    // Half of all in the headers, which is where the trouble lies.
    let reach = if chance.below(2) == 0 {
        bytes.len().min(250)
    } else {
        bytes.len()
    };
    let at = chance.below(reach);
    let length = 1 + chance.below((bytes.len() - at).min(64));
    match chance.below(8) {
        0 | 1 => bytes[at] ^= 1 << chance.below(8),
        2 => bytes[at] = chance.below(256) as u8,
        3 => {
            let number = NUMBERS[chance.below(NUMBERS.len())].to_be_bytes();
            let number = &number[4 - [1, 2, 4][chance.below(3)]..];
            let end = (at + number.len()).min(bytes.len());
            bytes[at..end].copy_from_slice(&number[..end - at]);
        }
        4 => {
            bytes.drain(at..at + length);
        }
        5 => {
            let again = bytes[at..at + length].to_vec();
            bytes.splice(at..at, again);
        }
        6 => {
            let other = &files[chance.below(files.len())];
            let from = chance.below(other.len());
            let piece = other[from..other.len().min(from + length)].to_vec();
            bytes.splice(at..at + length, piece);
        }
        _ => bytes.truncate(bytes.len() - chance.below(bytes.len().min(40))),
    }
}

fn check_sums(png: &mut [u8]) {
    let mut at = 8;
    while let Some(length) = png.get(at..at + 4) {
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let Some(end) = at.checked_add(8).and_then(|from| from.checked_add(length)) else {
            return;
        };
        let Some(sum) = png.get(at + 4..end).map(crc32) else {
            return;
        };
        let Some(place) = png.get_mut(end..end + 4) else { return };
        place.copy_from_slice(&sum.to_be_bytes());
        at = end + 4;
    }
}
