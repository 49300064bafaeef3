/**
 * One record of everything that can be set, from a file, {@code SNUG_…} variables and flags; what
 * is not known is an error.
 */
@NullMarked
package dev.snug.server.settings;

import org.jspecify.annotations.NullMarked;
