package dev.snug.server.http;

/**
 * What a form with many files may hold.
 *
 * @param fileField name of the files' parts
 * @param count most files
 * @param fileBytes most bytes of one
 * @param bytes most bytes of all together
 */
public record UploadsLimits(String fileField, int count, long fileBytes, long bytes) {}
