//! From parameters to picture and truth: builds the scene, lights it, draws it, measures it.

mod truth;

use crate::afterwards;
use crate::body::{self, Torso};
use crate::develop;
use crate::features::Drawing;
use crate::frame::{Camera, Frame, NOTHING, Turn};
use crate::hair;
use crate::head::{EYE_RADIUS, Head, TOPOLOGY};
use crate::light::{Lit, Rig, scatter};
use crate::math::{V3, smooth, v3};
use crate::mesh::{Material, Mesh};
use crate::shade::{Point, Shader, cloth};
use crate::sitter::{Companion, Encoding, HeadwearKind, Sex, Sitter};
use crate::worn;
use image::RgbImage;
use image::codecs::jpeg::{JpegEncoder, PixelDensity};

pub use truth::Truth;

pub struct Portrait {
    pub pixels: RgbImage,
    pub truth: Truth,
}

/// The same bytes for the same sitter, always.
pub fn render(s: &Sitter) -> Portrait {
    let mut sitting = Sitting::of(s);
    let cover = develop::cover(&sitting.frame);
    let silhouette = develop::silhouette(&cover);
    let behind = s
        .background
        .companion
        .as_ref()
        .map(|c| Sitting::of(&behind(s, c)).frame);
    let mut real = s.clone();
    let cut_out = &s.afterwards.cut_out;
    if let Some(cut) = cut_out {
        real.background.colour = cut.before;
    }
    let scale = sitting.camera.scale;
    let clutter_share = develop::backdrop(&mut sitting.frame, &real, scale, behind.as_ref());
    let mut pixels = develop::picture(&sitting.frame, s);
    if let Some(cut) = cut_out {
        afterwards::cut_out(&mut pixels, &cover, cut, s.background.colour, s.seed);
    }
    let mut truth = truth::of(
        s,
        &sitting.head,
        &sitting.turn,
        &sitting.camera,
        sitting.centres,
        silhouette,
    );
    truth.clutter_share = clutter_share;
    let pixels = afterwards::all(pixels, &mut truth, &s.afterwards, s.seed);
    Portrait { pixels, truth }
}

/// The companion as a sitter before the same camera.
fn behind(s: &Sitter, companion: &Companion) -> Sitter {
    let mut other = Sitter::conforming(companion.seed);
    let width = s.framing.width_px as f32;
    other.framing = s.framing.clone();
    other.framing.eye_distance_px *= companion.size;
    other.framing.eyes_x_px = companion.x * width;
    other.framing.eyes_y_px = companion.y * width;
    other
}

/// A sitter drawn, before nothing.
struct Sitting {
    head: Head,
    turn: Turn,
    camera: Camera,
    centres: [V3; 2],
    frame: Frame,
}

impl Sitting {
    fn of(s: &Sitter) -> Sitting {
        let head = Head::of(s);
        let turn = Turn::of(&s.pose);
        let (camera, centres) = aim(s, &head, &turn);

        let scene = Scene::of(s, &head, &turn);
        let mut rig = Rig::of(&s.light);
        for m in &scene.casters {
            rig.cast(m);
        }
        let mut frame = Frame::new(s.framing.width_px, s.framing.height_px);
        for (i, m) in scene.meshes.iter().enumerate() {
            match m.material {
                Material::Garment => frame.draw(i as u16, m, &camera, |t, w| !cloth::bare(s, m.rest_at(t, w))),
                // Below the collar's height skin shows only where the garment is cut out.
                Material::Neck => frame.draw(i as u16, m, &camera, |t, w| {
                    let c = m.rest_at(t, w);
                    c.y < 2.38 || cloth::bare(s, c)
                }),
                Material::Hair => frame.draw(i as u16, m, &camera, |t, w| hair::body_is_there(m, t, w)),
                Material::Worn(..) => frame.draw(i as u16, m, &camera, |t, w| worn::is_there(m, t, w)),
                _ => frame.draw(i as u16, m, &camera, |_, _| true),
            }
        }
        let shader = Shader::of(s, &rig, &TOPOLOGY.rest, &head.points, head.eyes);
        shade(&mut frame, &scene.meshes, &rig, &shader, &camera);

        let drawing = Drawing {
            s,
            head: &head,
            turn,
            camera,
        };
        let forehead = rig.at(turn.point(head.points[151]), turn.direction(v3(0.0, -0.1, -1.0)));
        drawing.face(&mut frame, forehead.colour.y.clamp(0.3, 1.2));
        drawing.eye_lights(&mut frame, &rig, scene.eyes);
        if let Some(spectacles) = &scene.spectacles {
            drawing.lenses(&mut frame, spectacles, &rig);
        }
        drawing.strands(&mut frame, &scene.locks, &rig, &shader);
        Sitting {
            head,
            turn,
            camera,
            centres,
            frame,
        }
    }
}

/// The truth from geometry alone, without drawing: no silhouette, the crown true to a few pixels.
pub fn locate(s: &Sitter) -> Truth {
    let head = Head::of(s);
    let turn = Turn::of(&s.pose);
    let (camera, centres) = aim(s, &head, &turn);
    let mut t = truth::of(s, &head, &turn, &camera, centres, vec![]);
    t.crown_px = (head
        .coarse
        .points
        .iter()
        .zip(&head.coarse.rest)
        .zip(&head.coarse.normals))
    .filter(|((_, c), _)| c.y < -1.2)
    .map(|((p, c), n)| camera.pixel(turn.point(*p + *n * hair::thickness(*c, s)))[1])
    .fold(f32::MAX, f32::min);
    t
}

/// The camera, and the middles of the eyes' fronts.
fn aim(s: &Sitter, head: &Head, turn: &Turn) -> (Camera, [V3; 2]) {
    let centres = head.eyes.map(|e| e + v3(0.0, 0.0, -EYE_RADIUS));
    let apart = (head.eyes[1] - head.eyes[0]).length();
    let depth = (centres[0].z + centres[1].z) * 0.5;
    (
        Camera::aimed(
            &s.framing,
            s.camera.distance,
            centres.map(|c| turn.point(c)),
            depth,
            apart,
        ),
        centres,
    )
}

struct Scene {
    meshes: Vec<Mesh>,
    casters: Vec<Mesh>,
    /// Which meshes are the eyeballs.
    eyes: [u16; 2],
    spectacles: Option<body::Spectacles>,
    locks: Vec<hair::Lock>,
}

impl Scene {
    fn of(s: &Sitter, head: &Head, turn: &Turn) -> Scene {
        let mut upright = head.skin.clone();
        upright.find_normals();
        let torso = Torso::of(s);
        let mut locks = hair::locks(&upright, s, &torso);
        if let Some(h) = &s.worn.headwear {
            // What hangs from under it shows; a scarf leaves none.
            let covered = |l: &hair::Lock| worn::headwear::inside(h.kind, l.path[0]) > -0.05;
            locks.retain(|l| h.kind != HeadwearKind::Headscarf && (l.hangs || !covered(l)));
        }
        let volume = hair::body(&upright, s);
        let pose = |m: Mesh| m.moved(|p| turn.point(p));
        let lean = |m: Mesh| if turn.leans() { m.moved(|p| turn.trunk(p)) } else { m };
        let neck_half = body::neck_half_width(s);
        let neck = body::neck(neck_half, s.sex == Sex::Male, &torso).moved(|p| turn.partly(p, 1.2, 2.5));
        let collars: Vec<Mesh> = body::collar::collar(s, neck_half, &torso)
            .into_iter()
            .map(lean)
            .collect();
        let ears = [-1.0, 1.0].map(|side| pose(body::ear(side, s)));
        let (gx, gy) = (s.eyes.gaze_right_deg.to_radians(), s.eyes.gaze_down_deg.to_radians());
        let look = v3(gx.sin(), gy.sin(), -gx.cos() * gy.cos()).unit();
        let spectacles = s
            .glasses
            .as_ref()
            .map(|g| body::spectacles(g, &head.eyes, &head.points));

        let worn = worn::meshes(s, &upright, &torso, pose);

        let mut casters = vec![pose(head.coarse.clone())];
        let mut trunk = torso.mesh(48, 40);
        trunk
            .triangles
            .retain(|t| t.iter().all(|i| !cloth::bare(s, trunk.rest[*i as usize])));
        casters.push(lean(trunk));
        casters.extend(ears.iter().cloned());
        casters.extend(collars.iter().cloned());
        let mut shaft = neck.clone();
        shaft
            .triangles
            .retain(|t| t.iter().all(|i| shaft.points[*i as usize].y < 2.3));
        casters.push(shaft);
        casters.extend(hair::body(&head.coarse, s).map(pose));
        casters.extend(hair::shadow_ribbons(&locks).map(|m| m.moved(|p| turn.partly(p, 1.0, 2.6))));
        let mut meshes = vec![pose(upright)];
        let eyes = [0, 1].map(|e| {
            meshes.push(pose(body::eyeball(e, head.eyes[e], look)));
            meshes.len() as u16 - 1
        });
        if s.mouth.opening > 0.05 || s.mouth.teeth > 0.0 {
            meshes.extend([pose(head.inside.clone()), pose(head.teeth.clone())]);
        }
        // A scarf has the ears under it.
        if s.worn
            .headwear
            .as_ref()
            .is_none_or(|h| h.kind != HeadwearKind::Headscarf)
        {
            meshes.extend(ears);
        }
        meshes.push(neck);
        meshes.push(lean(torso.mesh(96, 64)));
        meshes.extend(collars);
        meshes.extend(volume.map(pose));
        casters.extend(worn.iter().filter_map(worn::caster));
        meshes.extend(worn);
        if let Some(sp) = &spectacles {
            let wires: Vec<Mesh> = sp.frame.iter().cloned().map(pose).collect();
            casters.extend(wires.iter().cloned());
            meshes.extend(wires);
        }
        Scene {
            meshes,
            casters,
            eyes,
            spectacles,
            locks,
        }
    }
}

/// Share of the light that something close in front keeps away: a collar from the shirt, hair from the brow.
fn contact(frame: &Frame, i: usize, z: f32, scale: f32) -> f32 {
    let (x, y) = ((i % frame.width) as f32, (i / frame.width) as f32);
    let mut sum = 0.0;
    for (dx, dy, reach) in AROUND {
        let (u, v) = (x + dx * reach * scale, y + dy * reach * scale);
        if u < 0.0 || v < 0.0 || u >= frame.width as f32 || v >= frame.height as f32 {
            continue;
        }
        let gap = z - frame.hits[v as usize * frame.width + u as usize].z;
        // What is far in front is no neighbour.
        sum += smooth(0.012, 0.06, gap) * smooth(0.60, 0.25, gap);
    }
    0.55 * sum / AROUND.len() as f32
}

/// Directions and distances that `contact` looks into; light comes mostly from above.
const AROUND: [(f32, f32, f32); 8] = [
    (0.0, -1.0, 0.035),
    (0.7, -0.7, 0.06),
    (-0.7, -0.7, 0.06),
    (0.0, -1.0, 0.10),
    (1.0, 0.0, 0.04),
    (-1.0, 0.0, 0.04),
    (0.5, 0.8, 0.04),
    (-0.5, 0.8, 0.04),
];

fn shade(frame: &mut Frame, meshes: &[Mesh], rig: &Rig, shader: &Shader, camera: &Camera) {
    let lit: Vec<Vec<Lit>> = meshes
        .iter()
        .map(|m| {
            let mut lit = rig.on(m);
            if m.material == Material::Skin {
                scatter(&mut lit, &TOPOLOGY.adjacency, [4, 2, 1]);
                hollow(m, &mut lit);
            }
            lit
        })
        .collect();
    let look = |frame: &mut Frame, i: usize| {
        let hit = frame.hits[i];
        if hit.mesh == NOTHING {
            return;
        }
        let m = &meshes[hit.mesh as usize];
        let light = &lit[hit.mesh as usize];
        let t = m.triangles[hit.triangle as usize].map(|k| k as usize);
        let w = [hit.weights[0], hit.weights[1], 1.0 - hit.weights[0] - hit.weights[1]];
        let blend = |of: &[V3]| of[t[0]] * w[0] + of[t[1]] * w[1] + of[t[2]] * w[2];
        let number = |f: &dyn Fn(usize) -> f32| f(t[0]) * w[0] + f(t[1]) * w[1] + f(t[2]) * w[2];
        let point = Point {
            place: blend(&m.points),
            rest: blend(&m.rest),
            normal: blend(&m.normals).unit(),
            marks: [0, 1].map(|k| number(&|j| m.marks[j][k])),
            lit: Lit {
                colour: light[t[0]].colour * w[0] + light[t[1]].colour * w[1] + light[t[2]].colour * w[2],
                slope: light[t[0]].slope * w[0] + light[t[1]].slope * w[1] + light[t[2]].slope * w[2],
                key: number(&|j| light[j].key),
                fill: number(&|j| light[j].fill),
            },
        };
        let near = contact(frame, i, hit.z, camera.scale);
        let mut point = point;
        point.lit.colour = point.lit.colour * v3(1.0 - 0.75 * near, 1.0 - near, 1.0 - near);
        frame.colour[i] = shader.look(m.material, &point);
        frame.cover[i] = 1.0;
    };
    // Of a picture pixel's four samples two are looked at where all show one smooth surface.
    let plain = |m: u16| {
        !matches!(
            meshes[m as usize].material,
            Material::Eye(_) | Material::Frame | Material::Tie
        )
    };
    for y in (0..frame.height).step_by(2) {
        for x in (0..frame.width).step_by(2) {
            let i = y * frame.width + x;
            for (first, second) in [(i, i + 1), (i + frame.width + 1, i + frame.width)] {
                look(frame, first);
                let (a, b) = (frame.hits[first], frame.hits[second]);
                if a.mesh != NOTHING && a.mesh == b.mesh && (a.z - b.z).abs() < 0.025 && plain(a.mesh) {
                    frame.colour[second] = frame.colour[first];
                    frame.cover[second] = frame.cover[first];
                } else {
                    look(frame, second);
                }
            }
        }
    }
}

/// Less light in hollows finer than the lamps' maps: beside the nose, between the lips, at the lids.
fn hollow(m: &Mesh, lit: &mut [Lit]) {
    for (i, l) in lit.iter_mut().enumerate() {
        let near = TOPOLOGY.adjacency.of_point(i);
        if near.is_empty() {
            continue;
        }
        let (mut rise, mut reach) = (0.0, 0.0);
        for j in near {
            let d = m.points[*j as usize] - m.points[i];
            rise += d.dot(m.normals[i]);
            reach += d.length();
        }
        let bend = (rise / reach.max(1e-6)).clamp(-0.3, 0.5);
        let k = if bend > 0.0 {
            1.0 - 0.65 * bend
        } else {
            1.0 - 0.25 * bend
        };
        l.colour = l.colour * v3(0.35 + 0.65 * k, k, k);
    }
}

impl Portrait {
    pub fn jpeg(&self, encoding: &Encoding) -> Vec<u8> {
        let earlier = encoding.earlier_quality.and_then(|quality| {
            let bytes = saved(&self.pixels, quality, None);
            Some(image::load_from_memory(&bytes).ok()?.to_rgb8())
        });
        let pixels = earlier.as_ref().unwrap_or(&self.pixels);
        saved(pixels, encoding.quality, encoding.dots_per_inch)
    }
}

fn saved(pixels: &RgbImage, quality: u8, dots_per_inch: Option<u16>) -> Vec<u8> {
    let mut out = vec![];
    let mut encoder = JpegEncoder::new_with_quality(&mut out, quality);
    if let Some(dpi) = dots_per_inch {
        encoder.set_pixel_density(PixelDensity::dpi(dpi));
    }
    // Writing to memory cannot fail, and a picture within 65,535 px can always be encoded.
    if encoder.encode_image(pixels).is_err() {
        out.clear();
    }
    out
}
