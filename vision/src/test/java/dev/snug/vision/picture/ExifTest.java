package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/**
 * Blocks written by hand after TIFF 6.0, section 2; that the eight values turn pixels the right way
 * is proven against Pillow in {@link PictureDecoderTest}.
 */
class ExifTest {
    @Test
    void theTagIsFoundBehindOthersInBothByteOrders() {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            assertThat(Exif.orientation(block(order, 3, 8))).isEqualTo(Orientation.ANTICLOCKWISE);
        }
    }

    @Test
    void anotherTypeOrAValueOutOfRangeMeansUpright() {
        assertThat(Exif.orientation(block(ByteOrder.BIG_ENDIAN, 4, 6)))
                .isEqualTo(Orientation.UPRIGHT);
        assertThat(Exif.orientation(block(ByteOrder.BIG_ENDIAN, 3, 0)))
                .isEqualTo(Orientation.UPRIGHT);
        assertThat(Exif.orientation(block(ByteOrder.BIG_ENDIAN, 3, 9)))
                .isEqualTo(Orientation.UPRIGHT);
    }

    @Test
    void blocksCutAnywhereOrFilledWithNoiseAreUprightOrRead() {
        byte[] whole = block(ByteOrder.LITTLE_ENDIAN, 3, 6);
        for (int length = 0; length < whole.length - 4; length++) {
            assertThat(Exif.orientation(Arrays.copyOf(whole, length)))
                    .isEqualTo(Orientation.UPRIGHT);
        }
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            byte[] noise = block(ByteOrder.LITTLE_ENDIAN, 3, 6);
            noise[4 + random.nextInt(noise.length - 4)] = (byte) random.nextInt(256);
            assertThat(Exif.orientation(noise)).isNotNull();
        }
    }

    /** Header, then a directory of two entries: the width, and the orientation. */
    private static byte[] block(ByteOrder order, int type, int orientation) {
        ByteBuffer block = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
        block.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949));
        block.putShort((short) 42).putInt(8).putShort((short) 2);
        block.putShort((short) 0x0100).putShort((short) 3).putInt(1).putInt(0);
        block.putShort((short) 0x0112).putShort((short) type).putInt(1);
        block.putShort((short) orientation);
        return block.array();
    }
}
