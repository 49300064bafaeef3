/**
 * Strict JSON: bounded text as plain values, and objects read key by key with nothing left over.
 */
@NullMarked
package dev.snug.runtime.json;

import org.jspecify.annotations.NullMarked;
