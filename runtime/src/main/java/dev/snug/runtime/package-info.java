/**
 * Bundle, session and memory: everything between a graph on disk and an answer.
 *
 * <p>{@code bundle} keeps models whole on disk, {@code session} is the only place that names ONNX
 * Runtime, {@code measure} reads what the kernel says a process takes.
 */
@NullMarked
package dev.snug.runtime;

import org.jspecify.annotations.NullMarked;
