//! Particulars of the defects that need more than a number: which object, which cut, which words.

use crate::math::Rng;
use crate::sitter::*;

/// One object where the sitter leaves room for it.
pub fn thing(r: &mut Rng, k: f32) -> Thing {
    let kind = r.pick(&[
        ThingKind::DoorFrame,
        ThingKind::Shelf,
        ThingKind::Plant,
        ThingKind::Socket,
        ThingKind::Poster,
        ThingKind::HalfHead,
    ]);
    let woods = [[132, 92, 60], [96, 66, 48], [206, 200, 190], [176, 150, 120]];
    let (x, y, size, colour) = match kind {
        ThingKind::DoorFrame => (r.range(-0.02, 0.16), 0.0, r.range(0.06, 0.11), r.pick(&woods)),
        ThingKind::Shelf => (
            r.range(0.14, 0.45),
            r.range(0.25, 0.62),
            r.range(0.14, 0.24),
            r.pick(&woods),
        ),
        ThingKind::Plant => (
            r.range(0.04, 0.12),
            r.range(0.5, 0.8),
            r.range(0.20, 0.32),
            [62, 112, 54],
        ),
        ThingKind::Socket => {
            let plates = [[226, 224, 216], [198, 200, 202], [240, 238, 230]];
            (
                r.range(0.07, 0.13),
                r.range(0.2, 0.7),
                r.range(0.08, 0.11),
                r.pick(&plates),
            )
        }
        ThingKind::Poster => (
            r.range(0.02, 0.10),
            r.range(0.15, 0.5),
            r.range(0.16, 0.26),
            r.pick(&woods),
        ),
        ThingKind::HalfHead => {
            let shirts = [[60, 70, 96], [150, 60, 60], [90, 90, 90]];
            (
                r.range(-0.02, 0.08),
                r.range(0.35, 0.7),
                r.range(0.24, 0.34),
                r.pick(&shirts),
            )
        }
    };
    Thing {
        kind,
        seed: r.next() >> 16,
        at_right: r.chance(0.5),
        x,
        y,
        size,
        colour,
        opacity: k.sqrt(),
    }
}

/// A ring of the old background, loose hair cut away with a hard edge, or an unsteady hand.
pub fn bad_cut(r: &mut Rng, k: f32) -> CutOut {
    // Each plainly another than hair and than any background that a standard allows.
    let before = r.pick(&[
        [196, 160, 110],
        [150, 84, 70],
        [104, 140, 84],
        [222, 196, 150],
        [188, 120, 120],
    ]);
    let (rounded_px, grown_px, ragged_px, soft_px) = match r.below(3) {
        0 => (r.range(1.0, 2.0), r.range(2.5, 4.5) * k, 0.0, r.range(0.8, 1.6)),
        1 => (1.0 + r.range(3.0, 5.0) * k, -r.range(0.5, 1.5) * k, 0.0, 1.0 - k),
        _ => (1.0, r.range(1.5, 2.5) * k, r.range(3.0, 5.0) * k, 0.8),
    };
    CutOut {
        before,
        rounded_px,
        grown_px,
        ragged_px,
        soft_px,
    }
}

/// All round, or one side only, as a scan leaves it.
pub fn border(r: &mut Rng, k: f32, background: [u8; 3]) -> Border {
    let wide = k * r.range(0.012, 0.045);
    let colours = [
        [0, 0, 0],
        [12, 12, 12],
        [255, 255, 255],
        [176, 24, 30],
        [34, 62, 120],
        [196, 160, 70],
    ];
    // White round white is no border.
    let differs = |colour: &[u8; 3]| (0..3).any(|k| colour[k].abs_diff(background[k]) > 60);
    let colours: Vec<[u8; 3]> = colours.into_iter().filter(differs).collect();
    let colour = r.pick(&colours);
    let sides = match r.below(4) {
        0 => [wide, 0.0, wide, 0.0],
        1 => [0.0, 0.0, 0.0, 2.0 * wide],
        _ => [wide; 4],
    };
    Border { sides, colour }
}

/// A camera's date, a name, or a watermark all over.
pub fn texts(r: &mut Rng, k: f32) -> Vec<Text> {
    let text = |words: String, x: f32, y: f32, height: f32| Text {
        words,
        x,
        y,
        height,
        turn_deg: 0.0,
        mirrored: false,
        pen: 0.8,
        colour: [255, 140, 40],
        opacity: k,
    };
    match r.below(3) {
        0 => {
            let date = format!("20{}.{:02}.{:02}", 10 + r.below(16), 1 + r.below(12), 1 + r.below(28));
            let colour = r.pick(&[[255, 140, 40], [250, 96, 40], [255, 220, 60]]);
            vec![Text {
                colour,
                ..text(date, r.range(0.74, 0.78), r.range(0.91, 0.94), r.range(0.035, 0.045))
            }]
        }
        1 => {
            let words = ["王木田", "20230415", "LIN-HE", "王田 0231"][r.below(4)].to_owned();
            let colour = r.pick(&[[20, 20, 20], [255, 255, 255], [200, 30, 36]]);
            vec![Text {
                colour,
                pen: 0.9,
                ..text(words, r.range(0.35, 0.65), r.range(0.88, 0.93), r.range(0.04, 0.07))
            }]
        }
        _ => {
            let words = ["SAMPLE", "PHOTO", "TEMPLATE"][r.below(3)];
            let turn_deg = r.pick(&[-30.0, -20.0, 0.0]);
            let colour = r.pick(&[[255, 255, 255], [60, 60, 60]]);
            // White before white is no watermark.
            let colour = if r.chance(0.5) { colour } else { [128, 128, 128] };
            [[0.27, 0.10], [0.74, 0.32], [0.27, 0.58], [0.74, 0.82]]
                .into_iter()
                .map(|[x, y]| Text {
                    turn_deg,
                    colour,
                    opacity: 0.45 * k,
                    pen: 0.9,
                    ..text(words.to_owned(), x, y, 0.055)
                })
                .collect()
        }
    }
}
