package dev.snug.server.job;

import dev.snug.server.answer.ModelCard.Kind;

/**
 * Where an order waits: for the servers that have exactly this model. So one that lacks it never
 * takes what it cannot do, and equal questions get equal answers wherever they are answered.
 *
 * @param kind of the work
 * @param model its name
 * @param version the checksum of its manifest, hexadecimal
 */
public record Line(Kind kind, String model, String version) {}
