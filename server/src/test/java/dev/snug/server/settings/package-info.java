/** Tests of what can be set. */
@NullMarked
package dev.snug.server.settings;

import org.jspecify.annotations.NullMarked;
