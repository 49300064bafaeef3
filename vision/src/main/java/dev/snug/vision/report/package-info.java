/**
 * A page on paper of what a model says of a picture: {@link dev.snug.vision.report.Report} is all
 * that stands on it, {@link dev.snug.vision.report.ReportPage} lays it out.
 *
 * <p>Invariant: always one page, whatever a model or a person is called; equal content makes equal
 * bytes; of the picture's file only pixels and a checksum come in; the PDF library is named by
 * {@code Sheet} alone, and loaded when a report is asked for.
 */
@NullMarked
package dev.snug.vision.report;

import org.jspecify.annotations.NullMarked;
