@NullMarked
package dev.snug.cli.language;

import org.jspecify.annotations.NullMarked;
