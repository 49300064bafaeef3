/**
 * A database in which several servers share what they keep: connections, errors, scripts. It knows
 * nothing of jobs or answers.
 */
@NullMarked
package dev.snug.server.redis;

import org.jspecify.annotations.NullMarked;
