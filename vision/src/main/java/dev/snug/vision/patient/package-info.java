/** What is known of the patient, as the numbers that a model was trained on. */
@NullMarked
package dev.snug.vision.patient;

import org.jspecify.annotations.NullMarked;
