package dev.snug.vision.keras;

/**
 * A value inside a Functional model.
 *
 * @param layer name of the layer that makes it
 * @param call which call of that layer, from 0
 * @param output which output of that call, from 0
 */
record TensorRef(String layer, int call, int output) {}
