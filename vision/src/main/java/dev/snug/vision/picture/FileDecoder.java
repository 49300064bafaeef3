package dev.snug.vision.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens a file, tells its format and hands it to the reader of that format. */
final class FileDecoder implements PictureDecoder {
    private final PictureLimits limits;

    FileDecoder(PictureLimits limits) {
        this.limits = limits;
    }

    /** Does something with a reader whose picture is within the limits. */
    private interface Use<T> {
        T of(PictureReader reader) throws IOException;
    }

    @Override
    public Picture decode(Path file) {
        return named(file, PictureReader::read);
    }

    @Override
    public PictureNeed need(Path file) {
        return named(file, PictureReader::need);
    }

    private <T> T named(Path file, Use<T> use) {
        try {
            return checked(file, use);
        } catch (PictureTooLargeException e) {
            throw new PictureTooLargeException(file + ": " + e.getMessage());
        } catch (PictureException e) {
            throw new PictureException(file + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new PictureException(file + ": no such file", e);
        } catch (IOException e) {
            throw new PictureException(file + ": cannot be read: " + e, e);
        }
    }

    private <T> T checked(Path path, Use<T> use) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new PictureException("not a regular file");
        }
        try (PictureBytes bytes = new PictureBytes(path)) {
            limits.checkFile(bytes.size());
            if (bytes.size() == 0) {
                throw new PictureException("the file is empty");
            }
            PictureReader reader = reader(bytes);
            limits.check(reader.need());
            return use.of(reader);
        }
    }

    private static PictureReader reader(PictureBytes bytes) throws IOException {
        byte[] head = bytes.bytes(0, (int) Math.min(PictureFormat.MAGIC_BYTES, bytes.size()));
        PictureFormat format =
                PictureFormat.of(head)
                        .orElseThrow(() -> new PictureException("not a picture: " + WORKING));
        return switch (format) {
            case PNG -> new PngReader(bytes);
            case JPEG -> new JpegReader(bytes);
            default ->
                    throw new PictureException(
                            "a " + format.title + " picture is not read here: " + WORKING);
        };
    }

    private static final String WORKING = "PNG and JPEG are; save it as one of these";
}
