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
        T of(PictureReader reader, PictureNeed need) throws IOException;
    }

    @Override
    public Picture decode(Path file) {
        return named(file, PictureReader::read);
    }

    @Override
    public PictureNeed need(Path file) {
        return named(file, (_, need) -> need);
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
            return use.of(reader, limits.fitting(reader.need()));
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
            case WEBP -> new WebpReader(bytes);
            case GIF -> new GifReader(bytes);
            case BMP -> new BmpReader(bytes);
            case TIFF -> new TiffReader(bytes);
            case HEIF, AVIF, JPEG_XL ->
                    throw new PictureException(
                            "%s pictures are not read here: %s"
                                    .formatted(format.title, wayOut(format)));
        };
    }

    /** What a person can do whose camera or program wrote a format that is not read. */
    private static String wayOut(PictureFormat format) {
        return switch (format) {
            case HEIF ->
                    "save it as JPEG. On an iPhone: Share, Options, Most Compatible; for new photos"
                        + " Settings, Camera, Formats, Most Compatible. On a Mac: sips -s format"
                        + " jpeg photo.heic --out photo.jpg. On Linux: heif-convert photo.heic"
                        + " photo.jpg";
            case AVIF -> "save it as JPEG or PNG, for example: avifdec photo.avif photo.png";
            default -> "save it as JPEG or PNG, for example: djxl photo.jxl photo.jpg";
        };
    }

    private static final String WORKING =
            "JPEG, PNG, WebP, GIF, BMP and TIFF are read; save it as one of these";
}
