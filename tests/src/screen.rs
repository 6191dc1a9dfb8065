//! The memory of an Xvfb display (`-fbdir`), which has the format of `xwd`: a header of big-endian words, a colour map,
//! rows of four bytes a pixel. See XWDFile.h of X.Org's xproto for the header's fields.

use image::{Rgb, RgbImage};
use std::path::Path;

const WIDTH: usize = 4;
const HEIGHT: usize = 5;
const BITS_PER_PIXEL: usize = 11;
const BYTES_PER_LINE: usize = 12;
const COLOURS: usize = 19;
const BYTES_PER_COLOUR: usize = 12;

/// What is on the display now.
pub fn read(memory: &Path) -> anyhow::Result<RgbImage> {
    let bytes = std::fs::read(memory)?;
    let word = |nth: usize| -> anyhow::Result<usize> {
        let word = bytes.get(nth * 4..nth * 4 + 4).and_then(|word| word.try_into().ok());
        let word: [u8; 4] = word.ok_or_else(|| anyhow::anyhow!("the display's memory is too short"))?;
        Ok(u32::from_be_bytes(word) as usize)
    };
    anyhow::ensure!(word(BITS_PER_PIXEL)? == 32, "a display of 24-bit colour is expected");
    let rows = bytes
        .get(word(0)? + word(COLOURS)? * BYTES_PER_COLOUR..)
        .unwrap_or_default();
    let (width, height, stride) = (word(WIDTH)?, word(HEIGHT)?, word(BYTES_PER_LINE)?);
    anyhow::ensure!(rows.len() >= stride * height, "the display's memory is too short");
    Ok(RgbImage::from_fn(width as u32, height as u32, |x, y| {
        let at = y as usize * stride + x as usize * 4;
        Rgb([rows[at + 2], rows[at + 1], rows[at]])
    }))
}
