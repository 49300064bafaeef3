/** Two classifiers beside each other on the same pictures: how far their answers are apart. */
@NullMarked
package dev.snug.vision.compare;

import org.jspecify.annotations.NullMarked;
