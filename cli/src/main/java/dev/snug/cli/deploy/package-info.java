/**
 * A plan as the files that hosts run it from: pure, a {@link dev.snug.cli.deploy.Deployment} to
 * text.
 */
@NullMarked
package dev.snug.cli.deploy;

import org.jspecify.annotations.NullMarked;
