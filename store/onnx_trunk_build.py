"""The trunk of multilingual-e5-small as an ONNX model in fp32: everything after the word rows, up to the last hidden state.

Takes ``rows`` (batch, length, hidden: word + position + type) and ``lengths`` (batch: true lengths, padding to the right),
gives ``states`` of the same shape as ``rows``. onnxruntime's own fused operators (``com.microsoft``) keep it to seven nodes
a layer. The few protobuf messages are written here by hand: the ``onnx`` package would be 20 MB for these lines.
Message and field numbers: github.com/onnx/onnx, onnx.proto3.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from store.onnx_trunk_weights import Floats, Weights

FLOAT, INT32 = 1, 6
CONTRIB = "com.microsoft"


def build_trunk(weights: Weights) -> bytes:
    """The model, ready for ``onnxruntime.InferenceSession``."""
    graph = _Graph()
    hidden = graph.norm("rows", weights.floats("emb.ln.w"), weights.floats("emb.ln.b"), weights.epsilon)
    for number in range(weights.layers):
        hidden = _layer(graph, weights, f"l{number}.", hidden)
    graph.node("Identity", [hidden], "states")
    shape = ("batch", "length", weights.hidden)
    return graph.model([_value("rows", FLOAT, shape), _value("lengths", INT32, ("batch",))], _value("states", FLOAT, shape))


def _layer(graph: _Graph, weights: Weights, prefix: str, hidden: str) -> str:
    """Attention, then the feed-forward network, each added to its input and normalised."""

    def floats(name: str) -> Floats:
        return weights.floats(prefix + name)

    def matrix(name: str, width: int = weights.hidden) -> Floats:
        return np.ascontiguousarray(weights.matrix(prefix + name, width).T)

    joined = np.concatenate([matrix("q.w"), matrix("k.w"), matrix("v.w")], axis=1)
    bias = np.concatenate([floats("q.b"), floats("k.b"), floats("v.b")])
    seen = graph.node("Attention", [hidden, graph.constant(joined), graph.constant(bias), "lengths"], domain=CONTRIB,
                      num_heads=weights.heads)
    spoken = graph.node("MatMul", [seen, graph.constant(matrix("ao.w"))])
    hidden = graph.skip_norm(spoken, hidden, floats("aln.w"), floats("aln.b"), floats("ao.b"), weights.epsilon)
    inner = graph.node("MatMul", [hidden, graph.constant(matrix("fi.w"))])
    inner = graph.node("BiasGelu", [inner, graph.constant(floats("fi.b"))], domain=CONTRIB)
    outer = graph.node("MatMul", [inner, graph.constant(matrix("fo.w", weights.inner))])
    return graph.skip_norm(outer, hidden, floats("oln.w"), floats("oln.b"), floats("fo.b"), weights.epsilon)


class _Graph:
    """Nodes and constants, as encoded messages."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def node(self, kind: str, inputs: Sequence[str], output: str | None = None, domain: str = "", **numbers: float) -> str:
        """Add a node with one output; its name."""
        output = output or f"n{len(self._nodes)}"
        body = b"".join(_text(1, name) for name in inputs) + _text(2, output) + _text(4, kind)
        body += b"".join(_message(5, _attribute(name, value)) for name, value in numbers.items())
        self._nodes.append(body + (_text(7, domain) if domain else b""))
        return output

    def constant(self, values: Floats) -> str:
        """Add a constant; its name."""
        name = f"c{len(self._constants)}"
        dims = b"".join(_number(1, size) for size in values.shape)
        self._constants.append(dims + _number(2, FLOAT) + _text(8, name) + _bytes(9, values.astype("<f4").tobytes()))
        return name

    def norm(self, value: str, scale: Floats, shift: Floats, epsilon: float) -> str:
        """Normalise the last dimension."""
        inputs = [value, self.constant(scale), self.constant(shift)]
        return self.node("LayerNormalization", inputs, axis=-1, epsilon=float(epsilon))

    def skip_norm(self, value: str, skip: str, scale: Floats, shift: Floats, bias: Floats, epsilon: float) -> str:
        """Normalise value + skip + bias."""
        inputs = [value, skip, self.constant(scale), self.constant(shift), self.constant(bias)]
        return self.node("SkipLayerNormalization", inputs, domain=CONTRIB, epsilon=float(epsilon))

    def model(self, inputs: Sequence[bytes], output: bytes) -> bytes:
        """The whole model."""
        graph = b"".join(_message(1, node) for node in self._nodes) + _text(2, "trunk")
        graph += b"".join(_message(5, constant) for constant in self._constants)
        graph += b"".join(_message(11, value) for value in inputs) + _message(12, output)
        versions = _message(8, _number(2, 17)) + _message(8, _text(1, CONTRIB) + _number(2, 1))
        return _number(1, 8) + _text(2, "piao") + _message(7, graph) + versions


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, float):
        return _text(1, name) + _tag(2, 5) + struct.pack("<f", value) + _number(20, 1)
    return _text(1, name) + _number(3, value) + _number(20, 2)


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    dims = b"".join(_message(1, _text(2, d) if isinstance(d, str) else _number(1, d)) for d in shape)
    return _text(1, name) + _message(2, _message(1, _number(1, kind) + _message(2, dims)))


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _tag(field: int, wire: int) -> bytes:
    return _varint(field << 3 | wire)


def _number(field: int, value: int) -> bytes:
    return _tag(field, 0) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _tag(field, 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


_message = _bytes
