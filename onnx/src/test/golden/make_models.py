"""Makes the golden ONNX files under src/test/resources/golden.

Run with the pinned versions, from this folder:
    pip install onnx==1.23.2 numpy==2.4.6
    python make_models.py ../resources/golden

format-kinds.onnx     every element type, typed and raw; every attribute kind; a subgraph
format-external.onnx  three float tensors as external data in format-external.data
shapes-*.onnx         random graphs whose value_info onnx.shape_inference filled in
"""

import random
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FLOATS = [0.5, -1.25, 3.0, 65504.0, -0.0, 2.0**-14]


def typed(name, data_type, values, dims=None):
    """A tensor in its typed data field (float_data, int32_data ...)."""
    return helper.make_tensor(name, data_type, dims or [len(values)], values)


def raw(name, array):
    return numpy_helper.from_array(array, name)


def kinds():
    half = np.array(FLOATS, np.float16)
    initializers = [
        typed("float_typed", TensorProto.FLOAT, FLOATS, [2, 3]),
        raw("float_raw", np.array(FLOATS, np.float32).reshape(2, 3)),
        typed("double_typed", TensorProto.DOUBLE, FLOATS),
        raw("double_raw", np.array(FLOATS, np.float64)),
        typed("half_typed", TensorProto.FLOAT16, half.tolist()),
        raw("half_raw", half),
        typed("int8_typed", TensorProto.INT8, [-128, -1, 0, 127]),
        raw("int8_raw", np.array([-128, -1, 0, 127], np.int8)),
        typed("uint8_typed", TensorProto.UINT8, [0, 1, 128, 255]),
        raw("uint8_raw", np.array([0, 1, 128, 255], np.uint8)),
        typed("int16_typed", TensorProto.INT16, [-32768, -1, 32767]),
        raw("int16_raw", np.array([-32768, -1, 32767], np.int16)),
        typed("uint16_typed", TensorProto.UINT16, [0, 32768, 65535]),
        raw("uint16_raw", np.array([0, 32768, 65535], np.uint16)),
        typed("int32_typed", TensorProto.INT32, [-(2**31), -1, 2**31 - 1]),
        raw("int32_raw", np.array([-(2**31), -1, 2**31 - 1], np.int32)),
        typed("uint32_typed", TensorProto.UINT32, [0, 2**31, 2**32 - 1]),
        raw("uint32_raw", np.array([0, 2**31, 2**32 - 1], np.uint32)),
        typed("int64_typed", TensorProto.INT64, [-(2**63), -1, 2**63 - 1]),
        raw("int64_raw", np.array([-(2**63), -1, 2**63 - 1], np.int64)),
        typed("uint64_typed", TensorProto.UINT64, [0, 2**63, 2**64 - 1]),
        raw("uint64_raw", np.array([0, 2**63, 2**64 - 1], np.uint64)),
        typed("bool_typed", TensorProto.BOOL, [True, False, True]),
        raw("bool_raw", np.array([True, False, True])),
        raw("empty", np.zeros((0, 4), np.float32)),
        raw("scalar", np.array(7.5, np.float32)),
    ]
    value = helper.make_tensor_value_info
    branch = helper.make_graph(
        [helper.make_node("Add", ["x", "inner_weight"], ["branch_out"])],
        "branch",
        [],
        [value("branch_out", TensorProto.FLOAT, ["batch", 3])],
        [raw("inner_weight", np.array([1, 2, 3], np.float32))],
    )
    nodes = [
        helper.make_node(
            "Everything",
            ["x", "", "float_raw"],
            ["every", "", "third"],
            name="every",
            domain="test",
            an_int=-3,
            a_float=0.25,
            a_string="grüße",
            some_ints=[1, -2, 2**40],
            some_floats=[0.5, -0.125],
            some_strings=["a", "", "b"],
            a_tensor=raw("", np.array([[1, 2]], np.int64)),
        ),
        helper.make_node(
            "If", ["condition"], ["y"], then_branch=branch, else_branch=branch, doc_string="dropped"
        ),
    ]
    graph = helper.make_graph(
        nodes,
        "kinds",
        [
            value("x", TensorProto.FLOAT, ["batch", 3]),
            value("condition", TensorProto.BOOL, []),
            # As IR version 3 demanded: an initializer among the inputs.
            value("float_raw", TensorProto.FLOAT, [2, 3]),
        ],
        [value("y", TensorProto.FLOAT, ["batch", 3])],
        initializers,
        value_info=[value("every", TensorProto.FLOAT16, ["batch", None, 5])],
    )
    model = helper.make_model(
        graph,
        producer_name="golden",
        ir_version=9,
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("test", 1)],
    )
    helper.set_model_props(model, {"classes": "mel,nv", "empty": ""})
    return model


def external():
    rng = np.random.default_rng(20260101)
    weights = [raw(f"w{i}", rng.standard_normal((4, 4)).astype(np.float32)) for i in range(3)]
    value = helper.make_tensor_value_info
    nodes = []
    last = "x"
    for i in range(3):
        nodes.append(helper.make_node("MatMul", [last, f"w{i}"], [f"y{i}"]))
        last = f"y{i}"
    graph = helper.make_graph(
        nodes,
        "external",
        [value("x", TensorProto.FLOAT, [1, 4])],
        [value("y2", TensorProto.FLOAT, [1, 4])],
        weights,
    )
    return helper.make_model(graph, ir_version=9, opset_imports=[helper.make_opsetid("", 20)])


class Shapes:
    """A graph that grows by random nodes; each is kept only if strict inference accepts it."""

    UNARY = (
        "Relu Sigmoid Tanh Exp Log Sqrt Neg Erf Elu LeakyRelu Gelu HardSigmoid HardSwish "
        "Softmax Identity Reciprocal Clip"
    ).split()
    # From 22 on the oracle agrees with ONNX Runtime on the last window of ceil_mode.
    OPSET = 22

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.nodes, self.inputs, self.constants = [], [], []
        self.types = {}  # name -> (element type, dims); a dim is an int, a symbol or None
        self.fresh = 0

    def name(self, hint):
        self.fresh += 1
        return f"{hint}{self.fresh}"

    def input(self, *dims, kind=TensorProto.FLOAT):
        name = self.name("in")
        self.inputs.append(helper.make_tensor_value_info(name, kind, list(dims)))
        self.types[name] = (kind, list(dims))
        return name

    def ints(self, values, kind=np.int64):
        name = self.name("c")
        if self.random.random() < 0.5:
            self.constants.append(numpy_helper.from_array(np.array(values, kind), name))
        else:
            tensor = numpy_helper.from_array(np.array(values, kind))
            self.nodes.append(helper.make_node("Constant", [], [name], value=tensor))
        return name

    def add(self, operator, inputs, outputs=1, **attributes):
        """Adds the node if the oracle accepts it, and takes over the types it finds."""
        made = [self.name("v") for _ in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, made, **attributes))
        try:
            inferred = onnx.shape_inference.infer_shapes(self.model(), True, True)
        except onnx.shape_inference.InferenceError:
            self.nodes.pop()
            return
        types = {}
        for info in inferred.graph.value_info:
            tensor = info.type.tensor_type
            if info.name in made and tensor.HasField("shape"):
                types[info.name] = (tensor.elem_type, [dim(d) for d in tensor.shape.dim])
        if any(isinstance(d, int) and d < 0 for _, dims in types.values() for d in dims):
            # A Pad that takes away more than there is, which the oracle lets pass.
            self.nodes.pop()
        else:
            self.types.update(types)

    def model(self):
        graph = helper.make_graph(self.nodes, "shapes", self.inputs, [], self.constants)
        return helper.make_model(
            graph, ir_version=10, opset_imports=[helper.make_opsetid("", self.OPSET)]
        )

    def pick(self, *ranks, kind=TensorProto.FLOAT):
        """A value of one of the ranks, made anew when there is none."""
        fitting = [
            name
            for name, (element, dims) in self.types.items()
            if element == kind and len(dims) in ranks and all(d is None or d != 0 for d in dims)
        ]
        if fitting and self.random.random() < 0.8:
            return self.random.choice(fitting)
        rank = self.random.choice(ranks)
        dims = [self.random.choice([1, 2, 3, 5, 8, 12]) for _ in range(rank)]
        if rank and self.random.random() < 0.4:
            dims[0] = self.random.choice(["batch", "n", None])
        return self.input(*dims, kind=kind)

    def dims(self, name):
        return self.types[name][1]

    def step(self):
        self.random.choice(
            [
                self.conv, self.conv, self.pool, self.global_pool, self.gemm, self.mat_mul,
                self.binary, self.binary, self.unary, self.normalise, self.concat, self.reshape,
                self.reshape, self.flatten, self.transpose, self.squeeze, self.unsqueeze,
                self.reduce, self.pad, self.slice, self.slice, self.gather, self.gather_elements,
                self.expand, self.shape, self.arg, self.one_hot, self.choose, self.cast,
            ]
        )()  # fmt: skip

    def window(self, rank, kernel):
        choice = self.random.choice
        attributes = {"strides": [choice([1, 2, 3]) for _ in range(rank)]}
        how = choice(["none", "pads", "SAME_UPPER", "SAME_LOWER", "VALID"])
        if how == "pads":
            attributes["pads"] = [choice(range(min(kernel))) for _ in range(2 * rank)]
        elif how != "none":
            attributes["auto_pad"] = how
        if not how.startswith("SAME") and choice([True, False]):
            attributes["dilations"] = [choice([1, 2]) for _ in range(rank)]
        return attributes

    @staticmethod
    def fits(space, kernel, attributes):
        """Whether the kernel fits the padded space; where not, the oracle invents sizes."""
        rank = len(kernel)
        pads = attributes.get("pads", [0] * 2 * rank)
        dilations = attributes.get("dilations", [1] * rank)
        return attributes.get("auto_pad", "").startswith("SAME") or all(
            not isinstance(size, int)
            or size + pads[axis] + pads[rank + axis] > dilations[axis] * (kernel[axis] - 1)
            for axis, size in enumerate(space)
        )

    def conv(self):
        x = self.pick(3, 4)
        channels = self.dims(x)[1]
        group = self.random.choice([1, channels]) if isinstance(channels, int) else 1
        kernel = [self.random.choice([1, 2, 3]) for _ in self.dims(x)[2:]]
        out = group * self.random.choice([1, 2, 4])
        inner = channels // group if isinstance(channels, int) else 2
        inputs = [x, self.input(out, inner, *kernel)]
        if self.random.random() < 0.5:
            inputs.append(self.input(out))
        attributes = self.window(len(kernel), kernel)
        if self.fits(self.dims(x)[2:], kernel, attributes):
            self.add("Conv", inputs, group=group, **attributes)

    def pool(self):
        x = self.pick(3, 4)
        kernel = [self.random.choice([1, 2, 3]) for _ in self.dims(x)[2:]]
        attributes = self.window(len(kernel), kernel)
        if "auto_pad" not in attributes:
            attributes["ceil_mode"] = self.random.choice([0, 1])
        operator = self.random.choice(["MaxPool", "AveragePool"])
        outputs = 2 if operator == "MaxPool" else 1
        if self.fits(self.dims(x)[2:], kernel, attributes):
            self.add(operator, [x], outputs, kernel_shape=kernel, **attributes)

    def global_pool(self):
        self.add(self.random.choice(["GlobalAveragePool", "GlobalMaxPool"]), [self.pick(3, 4)])

    def gemm(self):
        a = self.pick(2)
        trans_a, trans_b = self.random.choice([0, 1]), self.random.choice([0, 1])
        inner = self.dims(a)[0 if trans_a else 1]
        b = self.input(*([4, inner] if trans_b else [inner, 4]))
        inputs = [a, b] + self.random.choice([[], [self.input(4)], [self.input(1, 4)]])
        self.add("Gemm", inputs, transA=trans_a, transB=trans_b)

    def mat_mul(self):
        a = self.pick(1, 2, 3, 4)
        inner = self.dims(a)[-1]
        b = self.random.choice([[inner], [inner, 4], [1, inner, 4], [2, 1, inner, 4]])
        self.add("MatMul", [a, self.input(*b)])

    def binary(self):
        operator = self.random.choice("Add Sub Mul Div Pow Min Max Equal Greater Less".split())
        x = self.pick(1, 2, 3, 4)
        keep = self.dims(x)[self.random.randrange(len(self.dims(x))) :]
        other = [self.random.choice([d, 1]) for d in keep]
        inputs = [x, self.input(*other)]
        self.random.shuffle(inputs)
        self.add(operator, inputs)

    def unary(self):
        self.add(self.random.choice(self.UNARY), [self.pick(0, 1, 2, 3, 4)])

    def normalise(self):
        x = self.pick(2, 3, 4)
        channels = self.dims(x)[1]
        self.add("BatchNormalization", [x] + [self.input(channels) for _ in range(4)])

    def concat(self):
        x = self.pick(1, 2, 3, 4)
        axis = self.random.randrange(len(self.dims(x)))
        other = list(self.dims(x))
        other[axis] = self.random.choice([1, 4, "n"])
        self.add("Concat", [x, self.input(*other), x], axis=axis)

    def reshape(self):
        x = self.pick(1, 2, 3, 4)
        dims = self.dims(x)
        shape = self.random.choice([[-1], [0, -1], [1, -1], [0, 1, -1], [-1, 1, 0]])
        if all(isinstance(d, int) for d in dims) and self.random.random() < 0.5:
            shape = [1] + dims[::-1]
        self.add("Reshape", [x, self.ints(shape)])

    def flatten(self):
        x = self.pick(1, 2, 3, 4)
        rank = len(self.dims(x))
        self.add("Flatten", [x], axis=self.random.randint(-rank, rank))

    def transpose(self):
        x = self.pick(1, 2, 3, 4)
        perm = list(range(len(self.dims(x))))
        self.random.shuffle(perm)
        self.add("Transpose", [x], **self.random.choice([{}, {"perm": perm}]))

    def squeeze(self):
        x = self.pick(2, 3, 4)
        ones = [axis for axis, d in enumerate(self.dims(x)) if d == 1]
        if ones:
            axes = self.random.sample(ones, self.random.randint(1, len(ones)))
            self.add("Squeeze", [x, self.ints(axes)])
        self.add("Squeeze", [x])

    def unsqueeze(self):
        x = self.pick(0, 1, 2)
        axes = self.random.choice([[0], [-1], [0, -1], [0, 1]])
        self.add("Unsqueeze", [x, self.ints(axes)])

    def reduce(self):
        x = self.pick(1, 2, 3, 4)
        rank = len(self.dims(x))
        axes = self.random.sample(range(-rank, 0), self.random.randint(0, rank))
        inputs = [x, self.ints(axes)] if axes or self.random.random() < 0.5 else [x]
        self.add(
            self.random.choice(["ReduceMean", "ReduceSum", "ReduceMax"]),
            inputs,
            keepdims=self.random.choice([0, 1]),
            noop_with_empty_axes=self.random.choice([0, 1]),
        )

    def pad(self):
        x = self.pick(1, 2, 3, 4)
        rank = len(self.dims(x))
        if self.random.random() < 0.5:
            axes = self.random.sample(range(rank), self.random.randint(1, rank))
            pads = self.ints([self.random.randint(-1, 2) for _ in range(2 * len(axes))])
            self.add("Pad", [x, pads, "", self.ints(axes)])
        else:
            self.add("Pad", [x, self.ints([self.random.randint(-1, 2) for _ in range(2 * rank)])])

    def slice(self):
        x = self.pick(1, 2, 3, 4)
        rank = len(self.dims(x))
        axes = self.random.sample(range(-rank, 0), self.random.randint(1, rank))
        ends = [-20, -3, -1, 0, 1, 2, 5, 2**31 - 1, 2**63 - 1]
        parts = [
            [self.random.choice([-20, -2, -1, 0, 1, 3, 20]) for _ in axes],
            [self.random.choice(ends) for _ in axes],
            axes,
            [self.random.choice([-3, -1, 1, 2, 7]) for _ in axes],
        ]
        keep = self.random.choice([3, 4])
        self.add("Slice", [x] + [self.ints(part) for part in parts[:keep]])

    def gather(self):
        x = self.pick(1, 2, 3)
        indices = self.random.choice([[], [2], [2, 3], ["n"]])
        rank = len(self.dims(x))
        self.add(
            "Gather",
            [x, self.input(*indices, kind=TensorProto.INT64)],
            axis=self.random.randrange(-rank, rank),
        )

    def gather_elements(self):
        x = self.pick(1, 2, 3)
        indices = self.input(*[2 for _ in self.dims(x)], kind=TensorProto.INT64)
        self.add("GatherElements", [x, indices], axis=self.random.randrange(len(self.dims(x))))

    def expand(self):
        x = self.pick(1, 2, 3)
        ones = [1 for _ in self.dims(x)]
        shape = [d if isinstance(d, int) and d != 1 else 4 for d in self.dims(x)]
        self.add("Expand", [x, self.ints(self.random.choice([ones, [2] + ones, shape]))])

    def shape(self):
        x = self.pick(0, 1, 2, 3, 4)
        attributes = self.random.choice([{}, {"start": 1}, {"start": -2, "end": -1}, {"end": 9}])
        self.add("Shape", [x], **attributes)

    def arg(self):
        x = self.pick(1, 2, 3, 4)
        rank = len(self.dims(x))
        axis = self.random.randrange(-rank, rank)
        self.add("ArgMax", [x], axis=axis, keepdims=self.random.choice([0, 1]))

    def one_hot(self):
        x = self.pick(1, 2, kind=TensorProto.INT64)
        axis = self.random.choice([-1, 0, 1])
        self.add("OneHot", [x, self.ints(7), self.input(2)], axis=axis)

    def choose(self):
        x = self.pick(1, 2, 3)
        condition = [self.random.choice([d, 1]) for d in self.dims(x)]
        self.add("Where", [self.input(*condition, kind=TensorProto.BOOL), x, self.input(1)])

    def cast(self):
        kind = self.random.choice([TensorProto.FLOAT, TensorProto.INT64, TensorProto.FLOAT16])
        self.add("Cast", [self.pick(0, 1, 2, 3)], to=kind)


def dim(proto):
    if proto.HasField("dim_value"):
        return proto.dim_value
    # The oracle makes up names (unk__0) for what it does not know.
    return proto.dim_param if proto.dim_param and not proto.dim_param.startswith("unk__") else None


def shapes(seed, steps=120):
    graph = Shapes(seed)
    for _ in range(steps):
        graph.step()
    return onnx.shape_inference.infer_shapes(graph.model(), True, True)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(kinds(), folder / "format-kinds.onnx")
    (folder / "format-external.data").unlink(missing_ok=True)
    onnx.save(
        external(),
        folder / "format-external.onnx",
        save_as_external_data=True,
        location="format-external.data",
        size_threshold=0,
    )
    for seed in range(8):
        onnx.save(shapes(seed), folder / f"shapes-{seed}.onnx")


main()
