//! The colour profile in a file: which one it is, and pixels turned from it into sRGB. Read without trust.

use moxcms::{ColorProfile, Layout, TransformOptions};

use crate::picture::Picture;

#[derive(Clone, Debug, PartialEq)]
pub struct Icc {
    /// As it calls itself.
    pub name: String,
    /// Its primaries are sRGB's.
    pub is_srgb: bool,
    bytes: Vec<u8>,
}

/// Columns of sRGB's primaries adapted to D50 (ICC's own profile of IEC 61966-2-1).
const SRGB: [(&[u8; 4], [f64; 3]); 3] = [
    (b"rXYZ", [0.4361, 0.2225, 0.0139]),
    (b"gXYZ", [0.3851, 0.7169, 0.0971]),
    (b"bXYZ", [0.1431, 0.0606, 0.7141]),
];
/// Writers of profiles round differently.
const SAME: f64 = 0.01;
/// Longer names are cut.
const NAME_MAX: usize = 60;
/// No camera's profile is larger; decoders read such as endless tables.
const BYTES_MAX: usize = 4 << 20;

impl Icc {
    /// Of a whole profile.
    pub fn of(bytes: Vec<u8>) -> Option<Self> {
        if bytes.len() > BYTES_MAX || bytes.get(36..40)? != b"acsp" {
            return None;
        }
        let same = |(tag, expected): (&[u8; 4], [f64; 3])| {
            let at = tag_of(&bytes, tag).and_then(|data| {
                let number = |k: usize| Some(f64::from(u32_at(data, 8 + 4 * k)? as i32) / 65536.0);
                Some([number(0)?, number(1)?, number(2)?])
            });
            at.is_some_and(|at| (0..3).all(|k| (at[k] - expected[k]).abs() < SAME))
        };
        Some(Self {
            name: tag_of(&bytes, b"desc").and_then(described).unwrap_or_default(),
            is_srgb: SRGB.into_iter().all(same),
            bytes,
        })
    }

    /// Of a profile of which only the name can be read.
    pub fn named(name: &[u8]) -> Self {
        let name: String = String::from_utf8_lossy(name).chars().take(NAME_MAX).collect();
        Self {
            is_srgb: name.to_ascii_lowercase().contains("srgb"),
            name,
            bytes: Vec::new(),
        }
    }

    /// The picture in sRGB; as it was where the profile can't be followed.
    pub fn to_srgb(&self, picture: Picture) -> Picture {
        if self.is_srgb || self.bytes.is_empty() {
            return picture;
        }
        let turned = || {
            let profile = ColorProfile::new_from_slice(&self.bytes).ok()?;
            let srgb = ColorProfile::new_srgb();
            let options = TransformOptions::default();
            let transform = profile
                .create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, options)
                .ok()?;
            let mut rgb = vec![0; picture.rgb.len()];
            transform.transform(&picture.rgb, &mut rgb).ok()?;
            Some(rgb)
        };
        match turned() {
            Some(rgb) => Picture { rgb, ..picture },
            None => picture,
        }
    }
}

/// The data of a tag (ICC.1, 7.3).
fn tag_of<'a>(profile: &'a [u8], wanted: &[u8; 4]) -> Option<&'a [u8]> {
    let count = u32_at(profile, 128)?.min(200) as usize;
    let entry = (0..count)
        .map(|k| 132 + 12 * k)
        .find(|at| profile.get(*at..*at + 4) == Some(wanted))?;
    let (from, size) = (
        u32_at(profile, entry + 4)? as usize,
        u32_at(profile, entry + 8)? as usize,
    );
    profile.get(from..from.checked_add(size)?)
}

/// The text of a description: ASCII in version 2, the first of several languages in version 4.
fn described(data: &[u8]) -> Option<String> {
    let text = match data.get(..4)? {
        b"desc" => {
            let length = (u32_at(data, 8)? as usize).min(data.len() - 12);
            String::from_utf8_lossy(data.get(12..12 + length)?).into_owned()
        }
        b"mluc" => {
            let (length, from) = (u32_at(data, 20)? as usize, u32_at(data, 24)? as usize);
            let units = data.get(from..from.checked_add(length)?)?.chunks_exact(2);
            char::decode_utf16(units.map(|pair| u16::from_be_bytes([pair[0], pair[1]])))
                .filter_map(Result::ok)
                .collect()
        }
        _ => return None,
    };
    Some(text.trim_end_matches('\0').chars().take(NAME_MAX).collect())
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(colour: [u8; 3]) -> Picture {
        Picture {
            width: 2,
            height: 2,
            rgb: colour.repeat(4),
        }
    }

    #[test]
    fn profiles_are_told_apart_by_their_primaries_and_followed() {
        let srgb = Icc::of(ColorProfile::new_srgb().encode().unwrap()).unwrap();
        assert!(srgb.is_srgb, "{}", srgb.name);
        assert_eq!(srgb.to_srgb(flat([10, 200, 60])), flat([10, 200, 60]));
        let wide = Icc::of(ColorProfile::new_display_p3().encode().unwrap()).unwrap();
        assert!(!wide.is_srgb && wide.name.contains("P3"), "{}", wide.name);
        // The light blue of a background, as it is written with Display P3's primaries.
        let seen = wide.to_srgb(flat([125, 195, 250])).rgb;
        assert!((0..3).all(|k| seen[k].abs_diff([100, 197, 255][k]) <= 4), "{seen:?}");
        // Grey is grey in both.
        assert_eq!(wide.to_srgb(flat([128; 3])).rgb[0], 128);
    }

    #[test]
    fn a_broken_profile_changes_nothing() {
        let mut bytes = ColorProfile::new_display_p3().encode().unwrap();
        assert!(Icc::of(bytes[..100].to_vec()).is_none_or(|icc| icc.to_srgb(flat([9; 3])) == flat([9; 3])));
        assert_eq!(Icc::of(Vec::new()), None);
        let size = bytes.len();
        bytes.truncate(size - 40);
        let short = Icc::of(bytes).unwrap();
        let _ = short.to_srgb(flat([9; 3]));
    }
}
