/**
 * Checks with a model trained by others, tagged {@code models}: {@code make test-models} installs
 * it and runs them.
 */
@NullMarked
package dev.snug.vision.models;

import org.jspecify.annotations.NullMarked;
