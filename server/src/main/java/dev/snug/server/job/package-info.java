/**
 * Long work that survives its server: orders, their state and results, and the queue that hands
 * them to whoever has the model.
 */
@NullMarked
package dev.snug.server.job;

import org.jspecify.annotations.NullMarked;
