/**
 * The model folder on disk: its manifest, its checksums, and how a folder or a file appears whole
 * or not at all.
 *
 * <p>{@link dev.snug.runtime.bundle.BundleStore} is the way in. The package reads no environment
 * variable: the home folder is given to it.
 */
@NullMarked
package dev.snug.runtime.bundle;

import org.jspecify.annotations.NullMarked;
