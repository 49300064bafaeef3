"""Makes the golden ONNX files under src/test/resources/golden.

Run with the pinned versions, from this folder:
    pip install onnx==1.23.2 numpy==2.4.6
    python make_models.py ../resources/golden

format-kinds.onnx     every element type, typed and raw; every attribute kind; a subgraph
format-external.onnx  the same three float tensors as external data in format-external.data
"""

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


main()
