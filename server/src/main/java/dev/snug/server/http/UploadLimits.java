package dev.snug.server.http;

/**
 * What an upload may hold.
 *
 * @param fileField name of the file's part in a form
 * @param fileBytes most bytes of the file
 * @param typePrefix content type of a body that is the file itself, such as {@code image/}
 * @param isLong whether its time is bounded by what comes, as {@link Call#uploads} has it
 */
public record UploadLimits(String fileField, long fileBytes, String typePrefix, boolean isLong) {
    /** Of a file that comes within a body's usual time. */
    public UploadLimits(String fileField, long fileBytes, String typePrefix) {
        this(fileField, fileBytes, typePrefix, false);
    }
}
