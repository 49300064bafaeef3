/**
 * What classifying will take, told before it is started: {@link
 * dev.snug.vision.plan.ClassifyWorkload} reads graphs and loads no weights.
 */
@NullMarked
package dev.snug.vision.plan;

import org.jspecify.annotations.NullMarked;
