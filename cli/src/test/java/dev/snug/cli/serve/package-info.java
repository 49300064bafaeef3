/**
 * {@code snug serve} as its operator and its clients have it: the launcher, real workers, real
 * models. The driver is {@link dev.snug.cli.serve.Serving}; the oracles are the command line's
 * answers, byte by byte, and the kernel's word on processes and files.
 */
@NullMarked
package dev.snug.cli.serve;

import org.jspecify.annotations.NullMarked;
