//! The trained graphs, run: a plan of steps over planes of numbers. The operators are those that the converted graphs
//! use, each written for their shapes; `graph/plan.rs` refuses any other at loading.
//!
//! The same numbers go in as come out of it on any thread, and a run stays on its thread unless the pool it is in has
//! one to spare. Must not live here: what a graph's numbers mean.

mod convolution;
mod onnx;
mod plan;
mod planes;

use std::sync::Mutex;

use rten_gemm::GemmExecutor;
use rten_simd::SimdOp;

use convolution::{Product, SumTaps, Taps};
use plan::Plan;
use planes::{Activate, Activation, Plain, Work};

/// Of a value: planes, each of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub channels: usize,
    pub height: usize,
    pub width: usize,
}

impl Shape {
    fn len(&self) -> usize {
        self.channels * self.height * self.width
    }

    fn sized(self, width: usize, height: usize) -> Self {
        Self { width, height, ..self }
    }
}

struct Step {
    op: Op,
    /// Of the first input.
    from: Shape,
    to: Shape,
    /// Places and lengths.
    inputs: Vec<(usize, usize)>,
    output: usize,
    activations: Vec<Activation>,
}

enum Op {
    Taps(Taps),
    Product(Product),
    Plain(Plain),
}

pub struct Graph {
    /// Of the picture it looks at.
    pub width: usize,
    pub height: usize,
    plan: Plan,
    /// Room for the values of a run, kept for the next one.
    rooms: Mutex<Vec<Room>>,
}

#[derive(Default)]
struct Room {
    places: Vec<Vec<f32>>,
    spare: Vec<f32>,
}

impl Graph {
    /// An ONNX file whose input is one picture of `width` × `height`.
    pub fn load(bytes: &[u8], width: usize, height: usize) -> Result<Self, String> {
        Ok(Self {
            width,
            height,
            plan: plan::draw(onnx::read(bytes)?, width, height)?,
            rooms: Mutex::default(),
        })
    }

    /// Planes of red, green and blue in; the graph's outputs, each as a row. `None` where the size is another.
    pub fn run(&self, planes: &[f32]) -> Option<Vec<Vec<f32>>> {
        let mut room = self
            .rooms
            .lock()
            .ok()
            .and_then(|mut rooms| rooms.pop())
            .unwrap_or_default();
        room.places.resize_with(self.plan.places.len(), Vec::new);
        for (place, length) in room.places.iter_mut().zip(&self.plan.places) {
            place.resize(*length, 0.0);
        }
        if planes.len() != 3 * self.width * self.height {
            return None;
        }
        room.places[self.plan.input][..planes.len()].copy_from_slice(planes);
        let gemm = GemmExecutor::new();
        for step in &self.plan.steps {
            take(step, &mut room, &gemm)?;
        }
        let outputs = self.plan.outputs.iter();
        let outputs = outputs
            .map(|(place, length)| room.places[*place][..*length].to_vec())
            .collect();
        if let Ok(mut rooms) = self.rooms.lock() {
            rooms.push(room);
        }
        Some(outputs)
    }
}

fn take(step: &Step, room: &mut Room, gemm: &GemmExecutor) -> Option<()> {
    let mut place = std::mem::take(&mut room.places[step.output]);
    let out = &mut place[..step.to.len()];
    let input = |index: usize| {
        step.inputs
            .get(index)
            .map(|(place, length)| &room.places[*place][..*length])
    };
    match &step.op {
        Op::Taps(taps) => SumTaps {
            taps,
            input: input(0)?,
            out,
            room: &mut room.spare,
        }
        .dispatch(),
        Op::Product(product) => product.run(gemm, input(0)?, out, &mut room.spare)?,
        Op::Plain(what) => Work {
            what,
            from: step.from,
            inputs: &[input(0)?, input(1).unwrap_or_default()],
            out,
        }
        .dispatch()?,
    }
    for how in &step.activations {
        Activate {
            how,
            channels: step.to.channels,
            values: out,
        }
        .dispatch();
    }
    room.places[step.output] = place;
    Some(())
}

#[cfg(test)]
mod tests {
    use rten::{Model, ValueOrView};
    use rten_tensor::NdTensor;
    use rten_tensor::prelude::*;

    use super::*;

    /// Every graph gives what a general runtime makes of the same file.
    #[test]
    fn the_graphs_give_what_another_runtime_gives() {
        for (name, width, height) in [
            ("face_landmark.onnx", 192, 192),
            ("iris_landmark.onnx", 64, 64),
            ("selfie_segmentation.onnx", 256, 256),
        ] {
            let path = format!("{}/../../models/{name}", env!("CARGO_MANIFEST_DIR"));
            let bytes = std::fs::read(path).expect("make models");
            // Smooth, with something at every scale.
            let value = |channel: usize, x: usize, y: usize| {
                let (x, y, c) = (x as f32, y as f32, channel as f32);
                0.5 + 0.2 * (0.11 * x + c).sin() + 0.2 * (0.07 * y * (1.0 + c)).cos() + 0.1 * (1.9 * x + 2.3 * y).sin()
            };
            let places = || (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
            let planes: Vec<f32> = (0..3)
                .flat_map(|c| places().map(move |(x, y)| value(c, x, y)))
                .collect();
            let pixels: Vec<f32> = places()
                .flat_map(|(x, y)| (0..3).map(move |c| value(c, x, y)))
                .collect();

            let ours = Graph::load(&bytes, width, height).unwrap();
            let first = ours.run(&planes).unwrap();
            assert_eq!(
                ours.run(&planes).unwrap(),
                first,
                "{name}: the second run reads what the first left behind"
            );

            let other = Model::load(bytes).unwrap();
            let input = NdTensor::from_data([1, height, width, 3], pixels);
            let input = vec![(other.input_ids()[0], ValueOrView::from(input.view()))];
            let expected = other.run(input, other.output_ids(), None).unwrap();
            assert_eq!(first.len(), expected.len());
            for (found, expected) in first.iter().zip(expected) {
                let expected = expected.into_tensor::<f32>().unwrap().to_vec();
                assert_eq!(found.len(), expected.len());
                let size = expected.iter().fold(1.0f32, |most, v| most.max(v.abs()));
                for (a, b) in found.iter().zip(&expected) {
                    assert!((a - b).abs() < 1e-4 * size, "{name}: {a} for {b}");
                }
            }
        }
    }

    #[test]
    fn a_picture_of_another_size_and_a_file_that_is_no_graph_are_refused() {
        let path = format!("{}/../../models/iris_landmark.onnx", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).expect("make models");
        assert!(Graph::load(&bytes, 64, 64).unwrap().run(&[0.5; 3 * 65 * 64]).is_none());
        assert!(Graph::load(&bytes[..bytes.len() / 2], 64, 64).is_err());
        assert!(Graph::load(b"no graph", 64, 64).is_err());
    }
}
