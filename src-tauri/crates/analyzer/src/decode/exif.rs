//! What is asked of EXIF: which way is up, the resolution tag, the program that wrote the file. A TIFF directory, read without trust.

/// What the first directory says; absent where it says nothing usable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exif {
    /// 1 to 8.
    pub orientation: Option<u8>,
    /// Dots per inch, across and down.
    pub dpi: Option<(f64, f64)>,
    pub software: Option<String>,
}

/// Longer names of programs are cut.
const NAME_MAX: usize = 60;

/// `tiff` begins with the byte order mark, after the "Exif\0\0" of a JPEG segment.
pub fn parse(tiff: &[u8]) -> Exif {
    read(tiff).unwrap_or_default()
}

fn read(tiff: &[u8]) -> Option<Exif> {
    let little = match tiff.get(..4)? {
        b"II\x2a\0" => true,
        b"MM\0\x2a" => false,
        _ => return None,
    };
    let u16_at = |at: usize| -> Option<u16> {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let u32_at = |at: usize| -> Option<u32> {
        let bytes = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    };
    let rational_at = |at: usize| -> Option<f64> {
        let value = f64::from(u32_at(at)?) / f64::from(u32_at(at.checked_add(4)?)?);
        (value.is_finite() && value > 0.0).then_some(value)
    };

    let directory = u32_at(4)? as usize;
    let mut exif = Exif::default();
    let (mut across, mut down, mut unit_inches) = (None, None, Some(1.0));
    for index in 0..usize::from(u16_at(directory)?) {
        let entry = directory + 2 + 12 * index;
        let Some(tag) = u16_at(entry) else { break };
        let value = entry + 8;
        let elsewhere = || u32_at(value).and_then(|at| rational_at(at as usize));
        match tag {
            0x0112 => {
                exif.orientation = u16_at(value)
                    .and_then(|v| u8::try_from(v).ok())
                    .filter(|v| (1..=8).contains(v))
            }
            0x011a => across = elsewhere(),
            0x011b => down = elsewhere(),
            // 1: no unit, 2: inch, 3: centimetre.
            0x0128 => {
                unit_inches = [None, Some(1.0), Some(2.54)]
                    .get(usize::from(u16_at(value)?.wrapping_sub(1)))
                    .copied()?
            }
            // Text: the number of its bytes, and where they lie, here or elsewhere.
            0x0131 => {
                let length = u32_at(entry + 4)? as usize;
                let from = if length > 4 { u32_at(value)? as usize } else { value };
                let text = from.checked_add(length).and_then(|to| tiff.get(from..to));
                exif.software = text.map(|text| {
                    let text = String::from_utf8_lossy(text);
                    text.trim_end_matches('\0').trim().chars().take(NAME_MAX).collect()
                });
            }
            _ => {}
        }
    }
    if let (Some(across), Some(down), Some(factor)) = (across, down, unit_inches) {
        exif.dpi = Some((across * factor, down * factor));
    }
    Some(exif)
}
