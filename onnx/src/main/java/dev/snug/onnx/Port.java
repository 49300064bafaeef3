package dev.snug.onnx;

/** A named input or output of a graph with its type. */
public record Port(String name, TensorType type) {}
