/** Two models beside each other on a user's own cases: what was found, as text, JSON and a page. */
@NullMarked
package dev.snug.cli.compare;

import org.jspecify.annotations.NullMarked;
