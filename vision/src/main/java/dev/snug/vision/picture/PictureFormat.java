package dev.snug.vision.picture;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** A picture file format, told by the first bytes of the file and never by its name. */
enum PictureFormat {
    PNG("PNG"),
    JPEG("JPEG"),
    HEIF("HEIC/HEIF"),
    AVIF("AVIF"),
    WEBP("WebP"),
    GIF("GIF"),
    BMP("BMP"),
    TIFF("TIFF"),
    JPEG_XL("JPEG XL");

    /** Bytes that are enough to tell every format of this list. */
    static final int MAGIC_BYTES = 16;

    private static final Set<String> HEIF_BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");

    final String title;

    PictureFormat(String title) {
        this.title = title;
    }

    /** The format whose signature {@code head} starts with. */
    static Optional<PictureFormat> of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        } else if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        } else if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        } else if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return Optional.of(GIF);
        } else if (text.startsWith("BM")) {
            return Optional.of(BMP);
        } else if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
            return Optional.of(TIFF);
        } else if (text.startsWith("\u00ff\n") || text.startsWith("JXL ", 4)) {
            return Optional.of(JPEG_XL);
        }
        return text.startsWith("ftyp", 4) ? ofBrand(text) : Optional.empty();
    }

    /** ISO base media files (ISO/IEC 14496-12) carry their major brand at byte 8. */
    private static Optional<PictureFormat> ofBrand(String text) {
        String brand = text.length() < 12 ? "" : text.substring(8, 12);
        if (brand.equals("avif") || brand.equals("avis")) {
            return Optional.of(AVIF);
        }
        return HEIF_BRANDS.contains(brand) ? Optional.of(HEIF) : Optional.empty();
    }
}
