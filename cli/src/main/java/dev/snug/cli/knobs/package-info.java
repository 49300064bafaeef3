/**
 * What each setting of the guides does, alone and together: which are measured, what the figures
 * say beside the guides' claims, and the report of it. Pure; the processes are run by {@code
 * dev.snug.cli}.
 */
@NullMarked
package dev.snug.cli.knobs;

import org.jspecify.annotations.NullMarked;
