//! An ONNX file as plain nodes and constants, read without trust in what it says.
//! Must not live here: what an operator does.

use std::collections::HashMap;

use rten_onnx::onnx::{DataType, ModelProto, NodeProto, TensorProto};

/// One operator; of its outputs only the first is known.
pub struct Node {
    pub kind: String,
    pub inputs: Vec<String>,
    pub output: String,
    numbers: HashMap<String, Vec<i64>>,
    words: HashMap<String, String>,
}

#[derive(Default)]
pub struct Constant {
    pub shape: Vec<usize>,
    pub floats: Vec<f32>,
    pub numbers: Vec<i64>,
}

pub struct Source {
    pub nodes: Vec<Node>,
    pub constants: HashMap<String, Constant>,
    pub input: String,
    pub outputs: Vec<String>,
}

impl Node {
    pub fn numbers(&self, attribute: &str) -> Option<&[i64]> {
        self.numbers.get(attribute).map(Vec::as_slice)
    }

    pub fn word(&self, attribute: &str) -> Option<&str> {
        self.words.get(attribute).map(String::as_str)
    }
}

pub fn read(bytes: &[u8]) -> Result<Source, String> {
    let model = ModelProto::parse_buf(bytes).map_err(|error| error.to_string())?;
    let graph = model.graph.ok_or("it holds no graph")?;
    let name = |value: Option<&rten_onnx::onnx::ValueInfoProto>| value.and_then(|v| v.name.clone());
    Ok(Source {
        nodes: graph.node.into_iter().map(node).collect(),
        constants: graph
            .initializer
            .iter()
            .map(|tensor| Ok((tensor.name.clone().unwrap_or_default(), constant(tensor)?)))
            .collect::<Result<_, String>>()?,
        input: name(graph.input.first()).ok_or("it has no input")?,
        outputs: graph.output.iter().filter_map(|value| name(Some(value))).collect(),
    })
}

fn node(proto: NodeProto) -> Node {
    let (mut numbers, mut words) = (HashMap::new(), HashMap::new());
    for attribute in proto.attribute {
        let name = attribute.name.unwrap_or_default();
        if let Some(word) = attribute.s {
            words.insert(name, word);
        } else if let Some(number) = attribute.i {
            numbers.insert(name, vec![number]);
        } else {
            numbers.insert(name, attribute.ints);
        }
    }
    Node {
        kind: proto.op_type.unwrap_or_default(),
        inputs: proto.input,
        output: proto.output.into_iter().next().unwrap_or_default(),
        numbers,
        words,
    }
}

fn constant(tensor: &TensorProto) -> Result<Constant, String> {
    let raw = tensor
        .raw_data
        .as_ref()
        .map(|raw| raw.borrow().clone())
        .unwrap_or_default();
    let mut read = Constant {
        shape: tensor
            .dims
            .iter()
            .map(|side| usize::try_from(*side).unwrap_or(0))
            .collect(),
        ..Constant::default()
    };
    match tensor.data_type {
        Some(DataType::FLOAT) if raw.is_empty() => read.floats.clone_from(&tensor.float_data),
        Some(DataType::FLOAT) => {
            let words = raw.chunks_exact(4);
            read.floats = words.map(|w| f32::from_le_bytes([w[0], w[1], w[2], w[3]])).collect();
        }
        Some(DataType::INT64) if raw.is_empty() => read.numbers.clone_from(&tensor.int64_data),
        Some(DataType::INT64) => {
            let words = raw.chunks_exact(8);
            read.numbers = words
                .map(|w| i64::from_le_bytes([w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]]))
                .collect();
        }
        _ => return Err("a constant of an unknown type".to_owned()),
    }
    let size: usize = read.shape.iter().product();
    if size != read.floats.len().max(read.numbers.len()) {
        return Err("a constant of another size than it says".to_owned());
    }
    Ok(read)
}
