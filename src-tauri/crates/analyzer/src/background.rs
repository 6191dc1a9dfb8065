//! What lies behind the person: its colour, its evenness, its texture. `background/border.rs` fits plain backgrounds.
//! Must not live here: which colours are allowed and how uneven is too uneven.

mod border;

use std::collections::VecDeque;

use crate::colour::{Lab, ciede2000, lab, luminance, tristimulus};
use crate::face::Mask;
use crate::picture::{Picture, Pyramid};
use crate::report::Rect;

pub use border::crown_by_border;
use border::{PLAIN, Plane};

/// Below this probability a pixel is background.
const BACKGROUND: f32 = 0.1;
/// The person is grown by this share of the crop's width before the rest counts as background: hair, soft edges.
const MARGIN: f64 = 0.025;
/// Hair that the mask overlooks lies next to the person, up to this share of the crop's width away.
const HAIR_REACH: f64 = 0.12;
/// A shadow keeps at least this share of the background's light …
const SHADOW_LIGHT: f32 = 0.2;
/// … and dims no part of the spectrum this many times more than another (a lamp may clip one).
const SHADOW_COLOUR: f32 = 1.6;
/// With less of the crop than this there is nothing to judge.
const SHARE_MIN: f64 = 0.02;
/// Side of the blocks that evenness compares, in pixels of the view.
const BLOCK_PX: usize = 8;

/// The background of a crop, measured on a view of `width` × `height`.
pub struct Background {
    pub colour: Lab,
    /// CIEDE2000 between the two blocks that differ most.
    pub range: f64,
    /// Those blocks, the lighter first, in pixels of the working picture.
    pub extremes: [Rect; 2],
    /// Mean Sobel gradient (3 × 3, unnormalised) of linear luminance, 0 … 255, a pixel of the view.
    pub gradient: f64,
    /// Bounding box of what was judged, in pixels of the working picture.
    pub bounds: Rect,
}

/// `crop` and `chin_y_px` in pixels of the working picture: below the chin the mask's edge follows clothes too loosely.
pub fn measure(
    pyramid: &Pyramid,
    crop: &Rect,
    mask: &Mask,
    chin_y_px: f64,
    [width, height]: [usize; 2],
) -> Option<Background> {
    let view = pyramid.part(crop, width, height);
    let step = [crop.width_px / width as f64, crop.height_px / height as f64];
    let place = |x: usize, y: usize, w: usize, h: usize| Rect {
        x_px: crop.x_px + x as f64 * step[0],
        y_px: crop.y_px + y as f64 * step[1],
        width_px: w as f64 * step[0],
        height_px: h as f64 * step[1],
    };
    let rows = ((chin_y_px - crop.y_px) / step[1]).clamp(0.0, height as f64) as usize;
    let mut person = vec![true; width * height];
    for y in 0..rows {
        for x in 0..width {
            let at = place(x, y, 1, 1);
            let at = [(at.x_px + step[0] / 2.0) as f32, (at.y_px + step[1] / 2.0) as f32];
            person[y * width + x] = mask.person_at(at).is_none_or(|p| p >= BACKGROUND);
        }
    }
    let colours: Vec<Lab> = view.rgb[..rows * width * 3]
        .chunks_exact(3)
        .map(|p| lab([p[0], p[1], p[2]]))
        .collect();
    add_hair(&mut person, &colours, width);
    let behind: Vec<bool> = grow(&person, width, (MARGIN * width as f64).ceil() as usize)
        .iter()
        .map(|p| !p)
        .collect();
    let count = behind.iter().filter(|b| **b).count();
    if (count as f64) < SHARE_MIN * behind.len() as f64 {
        return None;
    }

    let mut blocks = Blocks::new(width, rows);
    let (mut low, mut high) = ([width, height], [0, 0]);
    for (index, _) in behind.iter().enumerate().filter(|(_, b)| **b) {
        let (x, y) = (index % width, index / width);
        blocks.add(x, y, colours[index]);
        (low, high) = ([low[0].min(x), low[1].min(y)], [high[0].max(x + 1), high[1].max(y + 1)]);
    }
    let (range, [a, b]) = blocks.extremes()?;
    let block = |[x, y]: [usize; 2]| place(x * BLOCK_PX, y * BLOCK_PX, BLOCK_PX, BLOCK_PX);
    Some(Background {
        colour: blocks.mean(),
        range,
        extremes: [block(a), block(b)],
        gradient: mean_gradient(&view, &behind),
        bounds: place(low[0], low[1], high[0] - low[0], high[1] - low[1]),
    })
}

/// Before a plain background, what is neither it nor a shadow on it and hangs together with the person is the person too.
fn add_hair(person: &mut [bool], colours: &[Lab], width: usize) {
    let at = |index: usize| {
        [
            (index % width) as f32 / width as f32,
            (index / width) as f32 / width as f32,
        ]
    };
    // Every fourth pixel tells enough of a plane.
    let samples: Vec<_> = (0..colours.len())
        .step_by(4)
        .filter(|i| !person[*i])
        .map(|index| (at(index), colours[index]))
        .collect();
    let Some((plane, rms)) = Plane::fit(&samples) else {
        return;
    };
    if rms > PLAIN {
        return;
    }
    let near = grow(person, width, (HAIR_REACH * width as f64) as usize);
    let is_hair = |index: usize| near[index] && !is_shadow(colours[index], plane.at(at(index)));
    let mut open: VecDeque<usize> = (0..colours.len()).filter(|index| person[*index]).collect();
    while let Some(index) = open.pop_front() {
        let x = index % width;
        let neighbours = [
            (x > 0).then(|| index - 1),
            (x + 1 < width).then_some(index + 1),
            index.checked_sub(width),
            Some(index + width),
        ];
        for next in neighbours.into_iter().flatten().filter(|next| *next < colours.len()) {
            if !person[next] && is_hair(next) {
                person[next] = true;
                open.push_back(next);
            }
        }
    }
}

/// Whether the colour may be the background's own under less light: the tristimulus values shrink, and alike.
fn is_shadow(colour: Lab, plain: Lab) -> bool {
    let [here, there] = [colour, plain].map(tristimulus);
    let shares: [f32; 3] = std::array::from_fn(|k| here[k] / there[k].max(1e-3));
    let (least, most) = (
        shares[0].min(shares[1]).min(shares[2]),
        shares[0].max(shares[1]).max(shares[2]),
    );
    least >= SHADOW_LIGHT && most <= SHADOW_COLOUR * least
}

/// Every place within `radius` (a square) of a true one.
fn grow(cells: &[bool], width: usize, radius: usize) -> Vec<bool> {
    let spread = |line: &mut dyn Iterator<Item = usize>, from: &[bool], to: &mut [bool]| {
        let places: Vec<usize> = line.collect();
        let mut reach = 0;
        for ahead in 0..places.len() + radius {
            if ahead < places.len() && from[places[ahead]] {
                reach = ahead + 2 * radius + 1;
            }
            if let Some(at) = ahead.checked_sub(radius) {
                to[places[at]] = ahead < reach;
            }
        }
    };
    let height = cells.len() / width;
    let mut across = vec![false; cells.len()];
    for y in 0..height {
        spread(&mut (y * width..(y + 1) * width), cells, &mut across);
    }
    let mut both = vec![false; cells.len()];
    for x in 0..width {
        spread(&mut (x..cells.len()).step_by(width), &across, &mut both);
    }
    both
}

/// Mean gradient over the background as ISO/IEC 29794-5 defines its uniformity.
fn mean_gradient(view: &Picture, behind: &[bool]) -> f64 {
    let (width, height) = (view.width, view.height);
    let light: Vec<f32> = view
        .rgb
        .chunks_exact(3)
        .map(|pixel| 255.0 * luminance([pixel[0], pixel[1], pixel[2]]))
        .collect();
    let (mut sum, mut count) = (0.0, 0u32);
    for y in 1..height - 1 {
        for x in 1..width - 1 {
            if !behind[y * width + x] {
                continue;
            }
            let at = |dx: usize, dy: usize| light[(y + dy - 1) * width + x + dx - 1];
            let across = at(2, 0) + 2.0 * at(2, 1) + at(2, 2) - at(0, 0) - 2.0 * at(0, 1) - at(0, 2);
            let down = at(0, 2) + 2.0 * at(1, 2) + at(2, 2) - at(0, 0) - 2.0 * at(1, 0) - at(2, 0);
            sum += f64::from(across.hypot(down));
            count += 1;
        }
    }
    sum / f64::from(count.max(1))
}

/// Sums of the background's colour, block by block.
struct Blocks {
    across: usize,
    sums: Vec<([f32; 3], u32)>,
}

impl Blocks {
    fn new(width: usize, height: usize) -> Self {
        let across = width.div_ceil(BLOCK_PX);
        Self {
            across,
            sums: vec![([0.0; 3], 0); across * height.div_ceil(BLOCK_PX).max(1)],
        }
    }

    fn add(&mut self, x: usize, y: usize, colour: Lab) {
        let (sum, count) = &mut self.sums[y / BLOCK_PX * self.across + x / BLOCK_PX];
        *count += 1;
        for k in 0..3 {
            sum[k] += colour[k];
        }
    }

    fn mean(&self) -> Lab {
        let count: u32 = self.sums.iter().map(|(_, count)| count).sum();
        std::array::from_fn(|k| self.sums.iter().map(|(sum, _)| sum[k]).sum::<f32>() / count.max(1) as f32)
    }

    /// Of the blocks that are at least half background: the pair of extremes in L*, a* or b* that differs most.
    fn extremes(&self) -> Option<(f64, [[usize; 2]; 2])> {
        let full: Vec<([usize; 2], Lab)> = self
            .sums
            .iter()
            .enumerate()
            .filter(|(_, (_, count))| *count as usize >= BLOCK_PX * BLOCK_PX / 2)
            .map(|(index, (sum, count))| {
                (
                    [index % self.across, index / self.across],
                    sum.map(|v| v / *count as f32),
                )
            })
            .collect();
        (0..3)
            .filter_map(|k| {
                let least = full.iter().min_by(|a, b| a.1[k].total_cmp(&b.1[k]))?;
                let most = full.iter().max_by(|a, b| a.1[k].total_cmp(&b.1[k]))?;
                let pair = if least.1[0] > most.1[0] {
                    [least.0, most.0]
                } else {
                    [most.0, least.0]
                };
                Some((ciede2000(least.1, most.1), pair))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Rect = Rect {
        x_px: 0.0,
        y_px: 0.0,
        width_px: 480.0,
        height_px: 640.0,
    };

    /// A picture of 480 × 640 with a person-shaped block before `behind`, and what is measured of it.
    fn measured(behind: impl Fn(usize, usize) -> [u8; 3]) -> Background {
        let is_person = |x: usize, y: usize| (140..340).contains(&x) && y >= 120;
        let colour = |x: usize, y: usize| if is_person(x, y) { [60, 40, 30] } else { behind(x, y) };
        let rgb = (0..480 * 640)
            .flat_map(|index| colour(index % 480, index / 480))
            .collect();
        let pyramid = Pyramid::new(Picture {
            width: 480,
            height: 640,
            rgb,
        });
        let mask = Mask::drawn([240.0, 320.0], 640.0, |[x, y]| is_person(x as usize, y as usize));
        measure(&pyramid, &WHOLE, &mask, 440.0, [240, 320]).unwrap()
    }

    #[test]
    fn an_even_background_has_its_colour_and_no_range() {
        let background = measured(|_, _| [100, 197, 255]);
        assert!(ciede2000(background.colour, lab([100, 197, 255])) < 0.1);
        assert!(
            background.range < 0.1 && background.gradient < 0.1,
            "{} {}",
            background.range,
            background.gradient
        );
    }

    #[test]
    fn a_gradient_has_a_range_but_no_texture() {
        let background = measured(|_, y| [240 - (y / 16) as u8; 3]);
        assert!((4.0..9.0).contains(&background.range), "{}", background.range);
        assert!(background.gradient < 6.0, "{}", background.gradient);
        let [light, dark] = background.extremes;
        assert!(light.y_px < 40.0 && dark.y_px > 380.0, "{light:?} {dark:?}");
    }

    #[test]
    fn a_shadow_beside_the_head_is_no_hair() {
        let shadow = measured(|x, y| {
            if (340..390).contains(&x) && y > 160 {
                [150; 3]
            } else {
                [240; 3]
            }
        });
        assert!(shadow.range > 15.0, "{}", shadow.range);
    }

    #[test]
    fn hair_that_the_mask_overlooks_is_no_shadow() {
        let hair = measured(|x, y| {
            if (340..380).contains(&x) && y > 160 {
                [20, 16, 14]
            } else {
                [240; 3]
            }
        });
        assert!(hair.range < 1.0, "{}", hair.range);
    }

    #[test]
    fn a_pattern_has_texture() {
        let stripes = measured(|x, _| if x / 8 % 2 == 0 { [240; 3] } else { [215; 3] });
        assert!(stripes.gradient > 40.0, "{}", stripes.gradient);
    }

    #[test]
    fn growing_reaches_the_radius_and_no_further() {
        let mut cells = vec![false; 9 * 7];
        cells[3 * 9 + 4] = true;
        let grown = grow(&cells, 9, 2);
        for (index, cell) in grown.iter().enumerate() {
            let (x, y) = (index % 9, index / 9);
            assert_eq!(*cell, x.abs_diff(4) <= 2 && y.abs_diff(3) <= 2, "{x} {y}");
        }
    }

    #[test]
    fn the_border_finds_the_crown_before_a_plain_background_only() {
        let head = |x: usize, y: usize| (x as f64 - 240.0).hypot(y as f64 - 250.0) < 130.0;
        let crown = |behind: &dyn Fn(usize, usize) -> [u8; 3]| {
            let colour = |x: usize, y: usize| if head(x, y) { [30, 24, 20] } else { behind(x, y) };
            let rgb = (0..480 * 640)
                .flat_map(|index| colour(index % 480, index / 480))
                .collect();
            let window = Rect {
                x_px: 0.0,
                y_px: 20.0,
                width_px: 480.0,
                height_px: 230.0,
            };
            let pyramid = Pyramid::new(Picture {
                width: 480,
                height: 640,
                rgb,
            });
            crown_by_border(&pyramid, &window, [120.0, 360.0])
        };
        for behind in [
            |_, _| [240; 3],
            |x, y| [200 + (x / 16) as u8, 200 + (y / 20) as u8, 210],
        ] {
            let found = crown(&behind).unwrap();
            assert!((found - 120.0).abs() <= 3.0, "{found}");
        }
        assert_eq!(
            crown(&|x, y| if (x / 20 + y / 20) % 2 == 0 { [240; 3] } else { [90; 3] }),
            None
        );
    }
}
