//! From a graph's nodes to the steps that are run: shapes are settled, activations join the step before them, and every
//! value gets a place that is free while it lives.

use std::collections::HashMap;

use super::convolution::{FEW_CHANNELS, Product, Taps, Window};
use super::onnx::{Constant, Node, Source};
use super::planes::{Activation, Plain};
use super::{Op, Shape, Step};

pub struct Plan {
    pub steps: Vec<Step>,
    /// Length of each place.
    pub places: Vec<usize>,
    pub input: usize,
    /// Places of the outputs and how many numbers each holds.
    pub outputs: Vec<(usize, usize)>,
}

struct Drawn {
    op: Op,
    inputs: Vec<usize>,
    output: usize,
    activations: Vec<Activation>,
}

struct Drawing<'a> {
    source: &'a Source,
    values: HashMap<String, usize>,
    shapes: Vec<Shape>,
    steps: Vec<Drawn>,
    uses: HashMap<String, usize>,
}

pub fn draw(mut source: Source, width: usize, height: usize) -> Result<Plan, String> {
    convolve_before_enlarging(&mut source);
    let mut uses = HashMap::new();
    let read = source.nodes.iter().flat_map(|node| &node.inputs).chain(&source.outputs);
    read.for_each(|name| *uses.entry(name.clone()).or_insert(0) += 1);
    let input = Shape {
        channels: 3,
        height,
        width,
    };
    let mut drawing = Drawing {
        values: HashMap::from([(source.input.clone(), 0)]),
        shapes: vec![input],
        steps: Vec::new(),
        uses,
        source: &source,
    };
    for node in &source.nodes {
        drawing
            .step(node)
            .map_err(|reason| format!("{} {}: {reason}", node.kind, node.output))?;
    }
    let outputs: Vec<usize> = source
        .outputs
        .iter()
        .map(|name| drawing.values.get(name).copied().ok_or("an output is missing"))
        .collect::<Result<_, _>>()?;
    Ok(place(drawing.steps, &drawing.shapes, &outputs))
}

/// A convolution of single pixels and an enlargement may change places: both are linear, and the enlargement's weights
/// add up to one. There are four times fewer pixels to convolve before it.
fn convolve_before_enlarging(source: &mut Source) {
    let mut at = 0;
    while at < source.nodes.len() {
        let enlarged = source.nodes[at].output.clone();
        let mut readers = (0..source.nodes.len()).filter(|k| source.nodes[*k].inputs.contains(&enlarged));
        let (reader, another) = (readers.next(), readers.next());
        if let (true, Some(reader), None) = (source.nodes[at].kind == "Resize", reader, another)
            && source.nodes[reader].kind == "Conv"
            && source.nodes[reader].inputs[0] == enlarged
            && source.nodes[reader].numbers("kernel_shape") == Some(&[1, 1])
            && source.nodes[reader].numbers("group") == Some(&[1])
        {
            let mut enlarge = source.nodes.remove(at);
            let convolve = &mut source.nodes[reader - 1];
            convolve.inputs[0] = std::mem::replace(&mut enlarge.inputs[0], enlarged.clone());
            enlarge.output = std::mem::replace(&mut convolve.output, enlarged);
            source.nodes.insert(reader, enlarge);
        }
        at += 1;
    }
}

impl Drawing<'_> {
    fn step(&mut self, node: &Node) -> Result<(), String> {
        match node.kind.as_str() {
            "Conv" => self.convolution(node),
            "ConvTranspose" => self.spread(node),
            "Relu" => self.activation(node, Activation::Relu),
            "HardSwish" => self.activation(node, Activation::HardSwish),
            "Sigmoid" => self.activation(node, Activation::Sigmoid),
            "PRelu" => {
                let slopes = self.constant(node, 1)?.floats.clone();
                self.activation(node, Activation::Sloped(slopes))
            }
            "Add" => self.pair(node, Plain::Add),
            "Mul" => self.pair(node, Plain::Multiply),
            "MaxPool" => {
                let from = self.shape(node, 0)?;
                let whole = node.numbers("kernel_shape") == Some(&[2, 2]) && node.numbers("strides") == Some(&[2, 2]);
                if !whole || from.width % 2 + from.height % 2 > 0 {
                    return Err("only halves of even planes".to_owned());
                }
                self.plain(node, Plain::MaxPool, from.sized(from.width / 2, from.height / 2))
            }
            "GlobalAveragePool" => {
                let to = self.shape(node, 0)?.sized(1, 1);
                self.plain(node, Plain::Mean, to)
            }
            "Resize" => {
                let from = self.shape(node, 0)?;
                let twice = self.constant(node, 2)?.floats == [1.0, 1.0, 2.0, 2.0];
                if !twice || node.word("coordinate_transformation_mode") != Some("half_pixel") {
                    return Err("only twice the size, by pixels' centres".to_owned());
                }
                self.plain(node, Plain::Double, from.sized(2 * from.width, 2 * from.height))
            }
            "Pad" => {
                let [0, 0, 0, 0, 0, more, 0, 0] = self.constant(node, 1)?.numbers[..] else {
                    return Err("only further channels".to_owned());
                };
                let mut to = self.shape(node, 0)?;
                to.channels += usize::try_from(more).map_err(|error| error.to_string())?;
                self.plain(node, Plain::Copy, to)
            }
            // Planes go in already, and what comes out is one row or one plane: its order is the same.
            "Transpose" | "Reshape" | "Identity" => {
                let (value, shape) = (self.value(node, 0)?, self.shape(node, 0)?);
                if value != 0 && shape.channels > 1 && shape.width * shape.height > 1 {
                    return Err("only of one row or one plane".to_owned());
                }
                self.values.insert(node.output.clone(), value);
                Ok(())
            }
            _ => Err("an unknown operator".to_owned()),
        }
    }

    fn convolution(&mut self, node: &Node) -> Result<(), String> {
        let from = self.shape(node, 0)?;
        let (weights, bias) = (self.constant(node, 1)?, self.constant(node, 2)?);
        let [out, depth, side, side_x] = weights.shape[..] else {
            return Err("weights without four sides".to_owned());
        };
        let number = |attribute: &str, at: usize| -> Result<usize, String> {
            let found = node.numbers(attribute).and_then(|numbers| numbers.get(at));
            let found = found.ok_or_else(|| format!("no {attribute}"))?;
            usize::try_from(*found).map_err(|error| error.to_string())
        };
        let window = Window {
            side,
            stride: number("strides", 0)?,
            above: number("pads", 0)?,
            before: number("pads", 1)?,
        };
        let (below, after) = (number("pads", 2)?, number("pads", 3)?);
        let depthwise = depth == 1 && number("group", 0)? == from.channels && out == from.channels;
        let known = side == side_x && number("strides", 1)? == window.stride && window.stride > 0 && side > 0;
        if !known || bias.floats.len() != out || !(depthwise || depth == from.channels && number("group", 0)? == 1) {
            return Err("weights that don't fit".to_owned());
        }
        let reach = |size: usize, before: usize, after: usize| {
            let free = (size + before + after).checked_sub(side);
            free.map(|free| free / window.stride + 1)
                .ok_or("a window larger than the plane")
        };
        let to = Shape {
            channels: out,
            height: reach(from.height, window.above, below)?,
            width: reach(from.width, window.before, after)?,
        };
        let (weights, bias) = (weights.floats.clone(), bias.floats.clone());
        let tapped = depthwise || from.channels <= FEW_CHANNELS && side > 1;
        let op = if tapped && window.stride <= 2 && side >= window.stride {
            Op::Taps(Taps {
                window,
                from,
                to,
                weights,
                bias,
            })
        } else if depthwise {
            return Err("a stride of more than two".to_owned());
        } else {
            Op::Product(Product::new(window, from, to, weights, bias))
        };
        let inputs = vec![self.value(node, 0)?];
        self.draw(node, op, inputs, to);
        Ok(())
    }

    fn spread(&mut self, node: &Node) -> Result<(), String> {
        let from = self.shape(node, 0)?;
        let (weights, bias) = (self.constant(node, 1)?, self.constant(node, 2)?);
        let known = node.numbers("strides") == Some(&[2, 2]) && node.numbers("pads").is_none_or(|pads| pads == [0; 4]);
        if weights.shape != [from.channels, 1, 2, 2] || !known {
            return Err("only 2 × 2 to one channel".to_owned());
        }
        let what = Plain::Spread {
            weights: weights.floats.clone(),
            bias: *bias.floats.first().ok_or("no bias")?,
        };
        let to = Shape {
            channels: 1,
            height: 2 * from.height,
            width: 2 * from.width,
        };
        self.plain(node, what, to)
    }

    /// Of two values, where the second may be one number a channel.
    fn pair(&mut self, node: &Node, what: Plain) -> Result<(), String> {
        let (mut a, mut b) = (self.value(node, 0)?, self.value(node, 1)?);
        if self.shapes[a].len() < self.shapes[b].len() {
            (a, b) = (b, a);
        }
        let (large, small) = (self.shapes[a], self.shapes[b]);
        let by_channel = matches!(what, Plain::Multiply) && small == large.sized(1, 1);
        if small != large && !by_channel {
            return Err("shapes that don't fit".to_owned());
        }
        self.draw(node, Op::Plain(what), vec![a, b], large);
        Ok(())
    }

    fn plain(&mut self, node: &Node, what: Plain, to: Shape) -> Result<(), String> {
        let inputs = vec![self.value(node, 0)?];
        self.draw(node, Op::Plain(what), inputs, to);
        Ok(())
    }

    /// Done in place by the step that makes the value, unless another step needs the value as it was.
    fn activation(&mut self, node: &Node, how: Activation) -> Result<(), String> {
        let (value, shape) = (self.value(node, 0)?, self.shape(node, 0)?);
        if matches!(&how, Activation::Sloped(slopes) if slopes.len() != shape.channels) {
            return Err("slopes that don't fit".to_owned());
        }
        let alone = self.uses.get(&node.inputs[0]) == Some(&1);
        if let (true, Some(maker)) = (alone, self.steps.iter_mut().find(|step| step.output == value)) {
            maker.activations.push(how);
            self.values.insert(node.output.clone(), value);
            return Ok(());
        }
        self.draw(node, Op::Plain(Plain::Copy), vec![value], shape);
        if let Some(step) = self.steps.last_mut() {
            step.activations.push(how);
        }
        Ok(())
    }

    fn draw(&mut self, node: &Node, op: Op, inputs: Vec<usize>, to: Shape) {
        let output = self.shapes.len();
        self.shapes.push(to);
        self.values.insert(node.output.clone(), output);
        self.steps.push(Drawn {
            op,
            inputs,
            output,
            activations: Vec::new(),
        });
    }

    fn value(&self, node: &Node, input: usize) -> Result<usize, String> {
        let name = node.inputs.get(input).ok_or("an input is missing")?;
        let value = self.values.get(name);
        value.copied().ok_or_else(|| format!("{name} is not known"))
    }

    fn shape(&self, node: &Node, input: usize) -> Result<Shape, String> {
        Ok(self.shapes[self.value(node, input)?])
    }

    fn constant(&self, node: &Node, input: usize) -> Result<&Constant, String> {
        let name = node.inputs.get(input).ok_or("an input is missing")?;
        let constant = self.source.constants.get(name);
        constant.ok_or_else(|| format!("{name} is no constant"))
    }
}

/// A place is taken from the step that writes a value to the last one that reads it.
fn place(drawn: Vec<Drawn>, shapes: &[Shape], outputs: &[usize]) -> Plan {
    let mut last = vec![0; shapes.len()];
    for (index, step) in drawn.iter().enumerate() {
        step.inputs.iter().for_each(|value| last[*value] = index);
    }
    outputs.iter().for_each(|value| last[*value] = usize::MAX);
    let mut places: Vec<usize> = vec![shapes[0].len()];
    let mut place_of = vec![0; shapes.len()];
    let mut free: Vec<usize> = Vec::new();
    let mut steps = Vec::new();
    for (index, step) in drawn.into_iter().enumerate() {
        let need = shapes[step.output].len();
        // The free place that fits best: the smallest that is large enough, else the largest.
        let best = (0..free.len()).min_by_key(|k| {
            let size = places[free[*k]];
            if size >= need {
                (0, size)
            } else {
                (1, usize::MAX - size)
            }
        });
        let taken = best.map_or_else(
            || {
                places.push(0);
                places.len() - 1
            },
            |k| free.swap_remove(k),
        );
        places[taken] = places[taken].max(need);
        place_of[step.output] = taken;
        steps.push(Step {
            op: step.op,
            from: shapes[step.inputs[0]],
            to: shapes[step.output],
            inputs: step.inputs.iter().map(|v| (place_of[*v], shapes[*v].len())).collect(),
            output: taken,
            activations: step.activations,
        });
        let mut done = step.inputs;
        done.sort_unstable();
        done.dedup();
        free.extend(
            done.iter()
                .filter(|value| last[**value] == index)
                .map(|value| place_of[*value]),
        );
    }
    Plan {
        steps,
        input: 0,
        outputs: outputs.iter().map(|v| (place_of[*v], shapes[*v].len())).collect(),
        places,
    }
}
