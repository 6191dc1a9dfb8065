"""Rewrites a TensorFlow Lite graph as ONNX: convert.py SOURCE.tflite TARGET.onnx

Only what the analyzer's graphs are made of is known; anything else stops with its name.

TensorFlow Lite keeps images as rows of pixels (NHWC), ONNX as planes (NCHW). Inputs and outputs keep the former, so that
the reader of the graph sees no difference; inside, every four-dimensional value is planes until a Reshape flattens it.
"""

import struct
import sys

import numpy
import onnx
import tflite
from onnx import TensorProto, helper, numpy_helper

TO_PLANES = [0, 3, 1, 2]
TO_PIXELS = [0, 2, 3, 1]
# The same for an axis number: where the axis of a pixel layout lies among planes.
AXIS_AMONG_PLANES = [0, 2, 3, 1]

OPERATORS = {number: name for name, number in vars(tflite.BuiltinOperator).items() if isinstance(number, int)}
NUMBERS = {
    tflite.TensorType.FLOAT32: numpy.float32,
    tflite.TensorType.FLOAT16: numpy.float16,
    tflite.TensorType.INT32: numpy.int32,
    tflite.TensorType.INT64: numpy.int64,
}


class Conversion:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.model = tflite.Model.GetRootAs(file.read(), 0)
        self.graph = self.model.Subgraphs(0)
        self.nodes, self.constants = [], []
        self.name_of = {}  # tensor index -> name of its value in the new graph
        self.is_flat = set()  # tensor indices whose value is not planes
        self.unpacked = {}  # tensor index -> constant that an operator unpacked
        self.count = 0

    # Reading.

    def shape(self, index):
        tensor = self.graph.Tensors(index)
        return tensor.ShapeAsNumpy().tolist() if tensor.ShapeLength() else []

    def title(self, index):
        return self.graph.Tensors(index).Name().decode()

    def constant(self, index):
        """The stored numbers of a tensor, or None where it is computed."""
        if index in self.unpacked:
            return self.unpacked[index]
        tensor = self.graph.Tensors(index)
        buffer = self.model.Buffers(tensor.Buffer())
        if buffer.DataLength() == 0:
            return None
        return numpy.frombuffer(buffer.DataAsNumpy().tobytes(), NUMBERS[tensor.Type()]).reshape(self.shape(index))

    def options(self, operator, kind):
        options, table = kind(), operator.BuiltinOptions()
        options.Init(table.Bytes, table.Pos)
        return options

    # Writing.

    def fresh(self, prefix):
        self.count += 1
        return f"{prefix}{self.count}"

    def keep(self, array):
        name = self.fresh("c")
        self.constants.append(numpy_helper.from_array(numpy.ascontiguousarray(array), name))
        return name

    def node(self, kind, inputs, **attributes):
        output = self.fresh("t")
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def activated(self, value, activation):
        kinds = tflite.ActivationFunctionType
        if activation == kinds.NONE:
            return value
        if activation == kinds.RELU:
            return self.node("Relu", [value])
        if activation == kinds.RELU6:
            return self.node("Clip", [value, self.keep(numpy.float32(0)), self.keep(numpy.float32(6))])
        raise NotImplementedError(f"activation {activation}")

    # Operators. Each gets the operator, the indices of its inputs and of its output, and gives the new value's name.

    def convolution(self, operator, inputs, _, depthwise=False):
        options = self.options(operator, tflite.DepthwiseConv2DOptions if depthwise else tflite.Conv2DOptions)
        weights, bias = self.constant(inputs[1]), self.constant(inputs[2])
        size, channels = self.shape(inputs[0])[1:3], self.shape(inputs[0])[3]
        window = weights.shape[1:3]
        if depthwise and options.DepthMultiplier() != 1:
            raise NotImplementedError("depth multiplier")
        strides = [options.StrideH(), options.StrideW()]
        dilations = [options.DilationHFactor(), options.DilationWFactor()]
        value = self.node(
            "Conv",
            [
                self.name_of[inputs[0]],
                # One filter a channel: (1, h, w, c) -> (c, 1, h, w). Else (out, h, w, in) -> (out, in, h, w).
                self.keep(weights.transpose(3, 0, 1, 2) if depthwise else weights.transpose(0, 3, 1, 2)),
                self.keep(bias),
            ],
            kernel_shape=list(window),
            strides=strides,
            dilations=dilations,
            group=channels if depthwise else 1,
            pads=padding(options, size, window, strides, dilations),
        )
        return self.activated(value, options.FusedActivationFunction())

    def depthwise_convolution(self, operator, inputs, output):
        return self.convolution(operator, inputs, output, depthwise=True)

    def prelu(self, _, inputs, __):
        slope = self.constant(inputs[1])
        if slope.shape[:2] != (1, 1):
            raise NotImplementedError("PReLU with a slope for each place")
        return self.node("PRelu", [self.name_of[inputs[0]], self.keep(slope.reshape(-1, 1, 1))])

    def arithmetic(self, kind, options, operator, inputs):
        names = []
        for index in inputs:
            stored = self.constant(index)
            if stored is None:
                names.append(self.name_of[index])
            else:
                names.append(self.keep(stored.reshape(-1, 1, 1) if stored.ndim else stored))
        return self.activated(self.node(kind, names), self.options(operator, options).FusedActivationFunction())

    def add(self, operator, inputs, _):
        return self.arithmetic("Add", tflite.AddOptions, operator, inputs)

    def multiply(self, operator, inputs, _):
        return self.arithmetic("Mul", tflite.MulOptions, operator, inputs)

    def pool(self, kind, operator, inputs):
        options = self.options(operator, tflite.Pool2DOptions)
        size = self.shape(inputs[0])[1:3]
        window, strides = [options.FilterHeight(), options.FilterWidth()], [options.StrideH(), options.StrideW()]
        if kind == "AveragePool" and window == size:
            value = self.node("GlobalAveragePool", [self.name_of[inputs[0]]])
        else:
            pads = padding(options, size, window, strides, [1, 1])
            value = self.node(kind, [self.name_of[inputs[0]]], kernel_shape=window, strides=strides, pads=pads)
        return self.activated(value, options.FusedActivationFunction())

    def max_pool(self, operator, inputs, _):
        return self.pool("MaxPool", operator, inputs)

    def average_pool(self, operator, inputs, _):
        return self.pool("AveragePool", operator, inputs)

    def mean(self, _, inputs, __):
        if sorted(self.constant(inputs[1]).tolist()) != [1, 2]:
            raise NotImplementedError("mean over other axes than height and width")
        return self.node("GlobalAveragePool", [self.name_of[inputs[0]]])

    def pad(self, _, inputs, __):
        before_and_after = self.constant(inputs[1])[TO_PLANES].T.reshape(-1)
        name = self.keep(before_and_after.astype(numpy.int64))
        return self.node("Pad", [self.name_of[inputs[0]], name], mode="constant")

    def relu(self, _, inputs, __):
        return self.node("Relu", [self.name_of[inputs[0]]])

    def logistic(self, _, inputs, __):
        return self.node("Sigmoid", [self.name_of[inputs[0]]])

    def hard_swish(self, _, inputs, __):
        return self.node("HardSwish", [self.name_of[inputs[0]]])

    def resize(self, operator, inputs, output):
        options = self.options(operator, tflite.ResizeBilinearOptions)
        before, after = self.shape(inputs[0]), self.shape(output)
        if options.AlignCorners():
            mode = "align_corners"
        elif options.HalfPixelCenters():
            mode = "half_pixel"
        else:
            mode = "asymmetric"
        scales = numpy.array([1, 1, after[1] / before[1], after[2] / before[2]], numpy.float32)
        return self.node(
            "Resize",
            [self.name_of[inputs[0]], "", self.keep(scales)],
            mode="linear",
            coordinate_transformation_mode=mode,
        )

    def reshape(self, _, inputs, output):
        value = self.name_of[inputs[0]]
        if len(self.shape(inputs[0])) == 4 and inputs[0] not in self.is_flat:
            value = self.node("Transpose", [value], perm=TO_PIXELS)
        self.is_flat.add(output)
        return self.node("Reshape", [value, self.keep(numpy.array(self.shape(output), numpy.int64))])

    def concatenate(self, operator, inputs, output):
        axis = self.options(operator, tflite.ConcatenationOptions).Axis()
        flat = {index in self.is_flat for index in inputs}
        if len(flat) != 1:
            raise NotImplementedError("flat values beside planes")
        if flat == {True}:
            self.is_flat.add(output)
        else:
            axis = AXIS_AMONG_PLANES[axis]
        return self.node("Concat", [self.name_of[index] for index in inputs], axis=axis)

    def transposed_convolution(self, operator, inputs, output):
        """The custom operator Convolution2DTransposeBias: options are padding, stride across, stride down."""
        weights, bias = self.constant(inputs[1]), self.constant(inputs[2])
        before, after = self.shape(inputs[0])[1:3], self.shape(output)[1:3]
        _, stride_w, stride_h = struct.unpack("<iii", operator.CustomOptionsAsNumpy().tobytes()[:12])
        window, strides = weights.shape[1:3], [stride_h, stride_w]
        surplus = [(b - 1) * s + w - a for b, s, w, a in zip(before, strides, window, after)]
        return self.node(
            "ConvTranspose",
            # (out, h, w, in) -> (in, out, h, w)
            [self.name_of[inputs[0]], self.keep(weights.transpose(3, 0, 1, 2)), self.keep(bias)],
            kernel_shape=list(window),
            strides=strides,
            pads=halved(surplus),
        )

    KNOWN = {
        "ADD": add,
        "AVERAGE_POOL_2D": average_pool,
        "CONCATENATION": concatenate,
        "CONV_2D": convolution,
        "Convolution2DTransposeBias": transposed_convolution,
        "DEPTHWISE_CONV_2D": depthwise_convolution,
        "HARD_SWISH": hard_swish,
        "LOGISTIC": logistic,
        "MAX_POOL_2D": max_pool,
        "MEAN": mean,
        "MUL": multiply,
        "PAD": pad,
        "PRELU": prelu,
        "RELU": relu,
        "RESHAPE": reshape,
        "RESIZE_BILINEAR": resize,
    }

    # The whole.

    def run(self):
        inputs = [self.begin(self.graph.Inputs(k)) for k in range(self.graph.InputsLength())]
        for k in range(self.graph.OperatorsLength()):
            self.convert(self.graph.Operators(k))
        outputs = [self.finish(self.graph.Outputs(k)) for k in range(self.graph.OutputsLength())]
        graph = helper.make_graph(self.nodes, "graph", inputs, outputs, self.constants)
        opset = [helper.make_opsetid("", 17)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=8, producer_name="convert.py")
        onnx.checker.check_model(model, full_check=True)
        return model.SerializeToString(deterministic=True)

    def begin(self, index):
        self.name_of[index] = self.node("Transpose", [self.title(index)], perm=TO_PLANES)
        return helper.make_tensor_value_info(self.title(index), TensorProto.FLOAT, self.shape(index))

    def finish(self, index):
        value, title = self.name_of[index], self.title(index)
        if len(self.shape(index)) == 4 and index not in self.is_flat:
            self.nodes.append(helper.make_node("Transpose", [value], [title], perm=TO_PIXELS))
        else:
            self.nodes.append(helper.make_node("Identity", [value], [title]))
        return helper.make_tensor_value_info(title, TensorProto.FLOAT, self.shape(index))

    def convert(self, operator):
        code = self.model.OperatorCodes(operator.OpcodeIndex())
        # Old files have the number in one field, new ones in the other.
        name = OPERATORS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
        if name == "CUSTOM":
            name = code.CustomCode().decode()
        inputs, output = operator.InputsAsNumpy().tolist(), operator.Outputs(0)
        if name == "DEQUANTIZE":
            # Weights stored as half floats.
            self.unpacked[output] = self.constant(inputs[0]).astype(numpy.float32)
        elif name in self.KNOWN:
            self.name_of[output] = self.KNOWN[name](self, operator, inputs, output)
        else:
            raise NotImplementedError(f"operator {name}")


def padding(options, size, window, strides, dilations):
    """What SAME means in numbers: top, left, bottom, right; the odd pixel goes to the end."""
    if options.Padding() != tflite.Padding.SAME:
        return [0, 0, 0, 0]
    spans = [(w - 1) * d + 1 for w, d in zip(window, dilations)]
    return halved([max((-(-s // stride) - 1) * stride + span - s, 0) for s, stride, span in zip(size, strides, spans)])


def halved(totals):
    first = [total // 2 for total in totals]
    return first + [total - half for total, half in zip(totals, first)]


if __name__ == "__main__":
    source, target = sys.argv[1:]
    with open(target, "wb") as file:
        file.write(Conversion(source).run())
