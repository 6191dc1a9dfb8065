//! What lies behind the person: its colour, its evenness, its texture, what else stands there. One measure a file in
//! `background/`. Must not live here: which colours are allowed and how uneven is too uneven.

mod border;
mod clutter;
mod evenness;
mod person;

use crate::colour::{Lab, labs, luminance};
use crate::face::Mask;
use crate::picture::{Picture, Pyramid};
use crate::report::Rect;

pub use border::crown_by_border;
pub use clutter::Clutter;
pub use evenness::{Range, Shadow, Slope};

use border::Plane;
use evenness::Blocks;
use person::grow;

/// Below this probability a pixel is background.
const BACKGROUND: f32 = 0.1;
/// The person is grown by this share of the crop's width before the rest counts as background: hair, soft edges.
const MARGIN: f64 = 0.025;
/// With less of the crop than this there is nothing to judge.
const SHARE_MIN: f64 = 0.02;

/// The background of a crop, measured on a view of `width` × `height`. Places in pixels of the working picture.
pub struct Background {
    pub colour: Lab,
    /// The two parts that differ most.
    pub range: Range,
    /// The whole, as one slope.
    pub slope: Slope,
    /// What is darker than that slope.
    pub shadow: Shadow,
    pub clutter: Clutter,
    /// Mean Sobel gradient (3 × 3, unnormalised) of linear luminance, 0 … 255, a pixel of the view.
    pub gradient: f64,
    /// Bounding box of what was judged.
    pub bounds: Rect,
}

/// A view of the crop: its pixels, what of it is the background, and where that lies in the working picture.
struct Sight<'a> {
    crop: &'a Rect,
    width: usize,
    /// Rows that are judged: below the chin the mask's edge follows clothes too loosely.
    rows: usize,
    /// Working pixels in one of the view, across and down.
    step: [f64; 2],
    colours: Vec<Lab>,
}

impl Sight<'_> {
    /// The cells from `low` up to `high`.
    fn place(&self, low: [usize; 2], high: [usize; 2]) -> Rect {
        let [x, y] = low.map(|v| v as f64);
        Rect {
            x_px: self.crop.x_px + x * self.step[0],
            y_px: self.crop.y_px + y * self.step[1],
            width_px: (high[0] as f64 - x) * self.step[0],
            height_px: (high[1] as f64 - y) * self.step[1],
        }
    }

    /// A place as planes know it, in widths of the view.
    fn at(&self, index: usize) -> [f32; 2] {
        let width = self.width as f32;
        [(index % self.width) as f32 / width, (index / self.width) as f32 / width]
    }
}

/// `crop`, `eyes` (the place between them) and `chin_y_px` in pixels of the working picture.
pub fn measure(
    pyramid: &Pyramid,
    crop: &Rect,
    mask: &Mask,
    eyes: [f32; 2],
    chin_y_px: f64,
    [width, height]: [usize; 2],
) -> Option<Background> {
    let view = pyramid.part(crop, width, height);
    let step = [crop.width_px / width as f64, crop.height_px / height as f64];
    let rows = ((chin_y_px - crop.y_px) / step[1]).clamp(0.0, height as f64) as usize;
    let colours = labs(&view.rgb[..rows * width * 3]);
    let sight = Sight {
        crop,
        width,
        rows,
        step,
        colours,
    };
    let start = [
        (f64::from(eyes[0]) - crop.x_px) / step[0],
        (f64::from(eyes[1]) - crop.y_px) / step[1],
    ];
    let seen = person::find(&sight, mask, start);
    let margin = (MARGIN * width as f64).ceil() as usize;
    let open: Vec<bool> = grow(&seen.with_hair, width, margin).iter().map(|p| !p).collect();
    let (plane, noise) = evenness::ground(&sight, &open)?;
    // Somebody else whom the mask takes for a person is looked at, what the mask doubts is not.
    let looked_at: Vec<bool> = (0..open.len())
        .map(|index| (open[index] && !seen.with_loose[index]) || seen.others[index])
        .collect();
    let (clutter, objects) = clutter::find(&sight, &looked_at, &plane, noise);
    let near_objects = grow(&objects, width, margin / 2);

    let mut blocks = Blocks::new(width, rows);
    let (mut low, mut high, mut count) = ([width, height], [0, 0], 0);
    for index in (0..open.len()).filter(|index| open[*index] && !near_objects[*index]) {
        let (x, y) = (index % width, index / width);
        count += 1;
        blocks.add(x, y, sight.colours[index]);
        (low, high) = ([low[0].min(x), low[1].min(y)], [high[0].max(x + 1), high[1].max(y + 1)]);
    }
    if (count as f64) < SHARE_MIN * (width * height) as f64 {
        return None;
    }
    let full = blocks.full();
    let plane = Plane::lit(&full.samples(&sight)).map_or(plane, |(plane, _)| plane);
    Some(Background {
        colour: blocks.mean(),
        range: full.range(&sight)?,
        slope: full.slope(&sight, &plane)?,
        shadow: full.shadow(&sight, &plane)?,
        clutter,
        // With the objects: the standard's measure is for them.
        gradient: mean_gradient(&view, &open),
        bounds: sight.place(low, high),
    })
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
    for y in 1..(height - 1).min(behind.len() / width) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::{ciede2000, lab};

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
        measure(&pyramid, &WHOLE, &mask, [240.0, 300.0], 440.0, [240, 320]).unwrap()
    }

    #[test]
    fn an_even_background_has_its_colour_and_no_range() {
        let background = measured(|_, _| [100, 197, 255]);
        assert!(ciede2000(background.colour, lab([100, 197, 255])) < 0.1);
        assert!(
            background.range.delta_e < 0.1 && background.gradient < 0.1,
            "{} {}",
            background.range.delta_e,
            background.gradient
        );
    }

    #[test]
    fn a_gradient_has_a_range_but_no_texture() {
        let background = measured(|_, y| [240 - (y / 16) as u8; 3]);
        assert!(
            (4.0..9.0).contains(&background.range.delta_e),
            "{}",
            background.range.delta_e
        );
        assert!(background.gradient < 6.0, "{}", background.gradient);
        let [light, dark] = background.range.places;
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
        assert!(shadow.range.delta_e > 15.0, "{}", shadow.range.delta_e);
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
        assert!(hair.range.delta_e < 1.0, "{}", hair.range.delta_e);
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
