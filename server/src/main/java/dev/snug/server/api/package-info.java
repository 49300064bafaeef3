/**
 * The HTTP API: what docs/api.md says, each path a class.
 *
 * <p>Invariant: nothing of a picture or text is logged, and nothing of it outlives its call but
 * what was asked for: a kept answer, or an overlay behind a link.
 */
@NullMarked
package dev.snug.server.api;

import org.jspecify.annotations.NullMarked;
