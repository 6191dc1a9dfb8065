//! What stands behind the sitter and has no business there: a door frame, a shelf, a plant, a socket, a poster, half a
//! head. Painted as light on the fine grid, before the lens. Must not live here: the sitter, and another whole person.

use crate::math::{Rng, V3, noise, v3};
use crate::sitter::{Thing, ThingKind};

/// The light of the thing at a place, in widths of the picture from its upper left corner; `None` beside it.
/// `light` turns an 8-bit colour into light that the tone curve brings back.
pub fn light_at(thing: &Thing, [u, v]: [f32; 2], light: impl Fn([u8; 3]) -> V3) -> Option<V3> {
    // Things at the right are those at the left, mirrored.
    let u = if thing.at_right { 1.0 - u } else { u };
    let own = light(thing.colour);
    let (x, y) = (u - thing.x, v - thing.y);
    let size = thing.size;
    match thing.kind {
        ThingKind::DoorFrame => {
            // A bar with a groove and a lit edge; behind it, towards the picture's edge, the door leaf.
            let across = x / size;
            match across {
                a if a > 1.0 => None,
                a if a > 0.92 => Some(own * 0.45),
                a if a > 0.55 => Some(own),
                a if a > 0.48 => Some(own * 0.6),
                a if a > 0.0 => Some(own * 0.95),
                _ => Some(own * (0.62 + 0.06 * noise(v3(u * 40.0, v * 3.0, 7.0)))),
            }
        }
        ThingKind::Shelf => {
            if x > 0.0 {
                return None;
            }
            let board = y / size;
            if (0.0..0.16).contains(&board) {
                return Some(own * if board > 0.12 { 0.5 } else { 1.0 });
            }
            // Books stand on the board, each of its own height, breadth and colour.
            let mut r = Rng::new(thing.seed, 61);
            let mut left = thing.x - 0.02;
            while left > -0.05 && u < left + 1e-3 {
                let breadth = size * r.range(0.10, 0.22);
                let height = size * r.range(0.55, 0.95);
                let colour = r.pick(&BOOKS);
                if u > left - breadth {
                    let on_spine = (u - left + breadth) / breadth;
                    let shade = if on_spine < 0.1 { 0.5 } else { 1.0 - 0.3 * on_spine };
                    return (y < 0.0 && -y < height).then(|| light(colour) * shade);
                }
                left -= breadth;
            }
            None
        }
        ThingKind::Plant => {
            let mut r = Rng::new(thing.seed, 62);
            let mut seen = None;
            for _ in 0..11 {
                let (sin, cos) = r.range(-1.25, 1.25).sin_cos();
                let long = size * r.range(0.55, 1.0);
                let shade = r.range(0.55, 1.15);
                // Along the leaf, from its stem upwards, and across.
                let (along, across) = ((x * sin - y * cos) / long, (x * cos + y * sin) / long);
                let half = 0.16 * (along * (1.0 - along)).max(0.0).sqrt() * 1.6;
                if (0.0..1.0).contains(&along) && across.abs() < half {
                    let vein = if across.abs() < 0.008 { 1.3 } else { 1.0 };
                    seen = Some(own * (shade * vein));
                }
            }
            seen
        }
        ThingKind::Socket => {
            let (a, b) = (x / size, y / size);
            let edge = a.abs().max(b.abs());
            if edge > 0.5 {
                return None;
            }
            let hole = |cx: f32, cy: f32| (a - cx).abs() < 0.035 && (b - cy).abs() < 0.10;
            if hole(-0.16, -0.06) || hole(0.16, -0.06) || hole(0.0, 0.17) {
                return Some(own * 0.04);
            }
            Some(own * if edge > 0.46 { 0.55 } else { 1.0 })
        }
        ThingKind::Poster => {
            let (a, b) = (x / size, y / (1.35 * size));
            let edge = a.abs().max(b.abs());
            match edge {
                e if e > 0.5 => None,
                e if e > 0.44 => Some(own),
                _ => {
                    let lumps = noise(v3(a * 5.0, b * 5.0, (thing.seed % 97) as f32));
                    Some(light([214, 208, 190]).lerp(light([70, 96, 120]), (0.5 + lumps).clamp(0.0, 1.0)))
                }
            }
        }
        ThingKind::HalfHead => {
            let (a, b) = (x / size, y / size);
            let ellipse = |cx: f32, cy: f32, rx: f32, ry: f32| ((a - cx) / rx).hypot((b - cy) / ry) < 1.0;
            if ellipse(0.0, 0.06, 0.36, 0.44) && !ellipse(0.0, -0.42, 0.42, 0.30) {
                let shade = 1.0 - 0.5 * (a / 0.36).powi(2);
                return Some(light([205, 160, 130]) * shade);
            }
            let hair = ellipse(0.0, -0.08, 0.42, 0.50);
            let body = ellipse(0.0, 1.15, 0.85, 0.62) || (a.abs() < 0.17 && (0.0..0.7).contains(&b));
            (hair || body).then(|| if hair { light([34, 28, 26]) } else { own })
        }
    }
}

const BOOKS: [[u8; 3]; 6] = [
    [150, 44, 40],
    [44, 74, 128],
    [196, 168, 96],
    [60, 104, 72],
    [232, 226, 214],
    [88, 60, 96],
];
