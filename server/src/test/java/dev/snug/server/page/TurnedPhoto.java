package dev.snug.server.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import javax.imageio.ImageIO;

/** JPEG files as phones write them: turned, with EXIF (Exif 2.3, 4.5) that says much more. */
final class TurnedPhoto {
    /** To be turned by a quarter, clockwise. */
    static final int ORIENTATION = 6;

    private static final int TAG_OF_ORIENTATION = 0x0112;

    private TurnedPhoto() {}

    /** A photo with {@code secret} in its EXIF; without any where that is empty. */
    static byte[] jpeg(int width, int height, String secret) throws IOException {
        BufferedImage image =
                ImageIO.read(new java.io.ByteArrayInputStream(FakeAnswering.photo(width, height)));
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", plain);
        if (secret.isEmpty()) {
            return plain.toByteArray();
        }
        byte[] words = secret.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer exif = ByteBuffer.allocate(64 + words.length);
        exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
        exif.putShort((short) 2);
        exif.putShort((short) 0x010e).putShort((short) 2).putInt(words.length).putInt(40);
        exif.putShort((short) TAG_OF_ORIENTATION).putShort((short) 3).putInt(1);
        exif.putShort((short) ORIENTATION).putShort((short) 0).putInt(0);
        exif.put(words);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(plain.toByteArray(), 0, 2);
        out.write(0xff);
        out.write(0xe1);
        int length = exif.position() + 2;
        out.write(length >> 8);
        out.write(length);
        out.write(exif.array(), 0, exif.position());
        out.write(plain.toByteArray(), 2, plain.size() - 2);
        return out.toByteArray();
    }

    /** The orientation that a file says it has; 0 for none. */
    static int orientation(byte[] jpeg) {
        for (int i = 0; i + 12 < jpeg.length; i++) {
            if (jpeg[i] == 0x01 && jpeg[i + 1] == 0x12 && jpeg[i + 3] == 3) {
                return jpeg[i + 9];
            }
        }
        return 0;
    }

    /** What follows the head: the pixels as they are coded. */
    static byte[] scan(byte[] jpeg) {
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
        }
        return Arrays.copyOfRange(jpeg, at, jpeg.length);
    }
}
