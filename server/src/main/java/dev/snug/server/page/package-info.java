/**
 * Pages for people: {@link dev.snug.server.page.Pages} renders them from templates and message
 * files of the class path, in Vietnamese and English.
 *
 * <p>Invariant: every value is escaped on its way into a page; no page has a script or a style of
 * its own, so that the content security policy may forbid them; nothing of a picture outlives the
 * call it came with.
 */
@NullMarked
package dev.snug.server.page;

import org.jspecify.annotations.NullMarked;
