package dev.snug.server.http;

/**
 * What an upload may hold.
 *
 * @param fileField name of the file's part in a form
 * @param fileBytes most bytes of the file
 * @param typePrefix content type of a body that is the file itself, such as {@code image/}
 */
public record UploadLimits(String fileField, long fileBytes, String typePrefix) {}
