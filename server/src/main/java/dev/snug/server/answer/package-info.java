/**
 * What the server answers, and who does: {@link dev.snug.server.answer.Answering} is workers of
 * this machine or another Snug, and pages and API cannot tell which.
 */
@NullMarked
package dev.snug.server.answer;

import org.jspecify.annotations.NullMarked;
