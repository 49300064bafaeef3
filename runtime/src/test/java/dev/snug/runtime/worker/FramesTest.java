package dev.snug.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Frames over a transport that is a piece of memory. The oracles: bytes written by hand after the
 * layout in {@link Frames}' Javadoc, and what was written, when it is read again.
 */
final class FramesTest {
    /** Gives {@code in} away in pieces of {@code pieceBytes}, and keeps what is written. */
    private static final class Memory implements Transport {
        private final ByteBuffer in;
        private final int pieceBytes;
        private final ByteBuffer out = ByteBuffer.allocate(1 << 20);

        Memory(ByteBuffer in, int pieceBytes) {
            this.in = in;
            this.pieceBytes = pieceBytes;
        }

        @Override
        public int read(ByteBuffer bytes) {
            int count = Math.min(Math.min(pieceBytes, in.remaining()), bytes.remaining());
            bytes.put(in.slice(in.position(), count));
            in.position(in.position() + count);
            return count == 0 ? -1 : count;
        }

        @Override
        public void write(ByteBuffer bytes) {
            out.put(bytes);
        }
    }

    private static Frames of(String hex) {
        return new Frames(new Memory(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), 3));
    }

    @Test
    void aFrameIsWrittenAsDescribed() throws IOException {
        Memory memory = new Memory(ByteBuffer.allocate(0), 1);
        new Frames(memory).write(FrameKind.PART, ByteBuffer.wrap(new byte[] {7, 8}));
        assertThat(memory.out.flip())
                .isEqualTo(
                        ByteBuffer.wrap(HexFormat.of().parseHex("02050000" + "00000002" + "0708")));
    }

    @Test
    void whatIsWrittenIsReadInPiecesOfAnySize() throws IOException {
        for (int piece : new int[] {1, 7, 8, 9, 70_000}) {
            Memory sender = new Memory(ByteBuffer.allocate(0), 1);
            Frames writing = new Frames(sender);
            ByteBuffer full = ByteBuffer.allocate(Frames.PAYLOAD_BYTES_MAX);
            full.put(65_535, (byte) 9);
            writing.write(FrameKind.BODY, full.duplicate());
            writing.write(FrameKind.DONE);

            Frames reading = new Frames(new Memory(sender.out.flip(), piece));
            Frames.Frame body = Objects.requireNonNull(reading.read());
            assertThat(body.kind()).isEqualTo(FrameKind.BODY);
            assertThat(body.payload()).isEqualTo(full);
            Frames.Frame done = Objects.requireNonNull(reading.read());
            assertThat(done.kind()).isEqualTo(FrameKind.DONE);
            assertThat(reading.read()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "020500000001000100, a frame PART announces 65537 bytes; at most 65536 are allowed",
        "02050000ffffffff, a frame PART announces 4294967295 bytes; at most 65536 are allowed",
        "0105000000000000, 'a frame has protocol version 1, and 2 is spoken here'",
        "020a000000000000, 'a frame has kind 10 and flags 0, which do not exist'",
        "0205000100000000, 'a frame has kind 5 and flags 1, which do not exist'",
        "020500, the connection ended after 3 of the 8 bytes of a frame header",
        "02050000000000020a, the connection ended after 9 of the 10 bytes of a frame PART",
        "0205000000000002, the connection ended after 8 of the 10 bytes of a frame PART",
    })
    void bytesThatAreNoFrameAreNamed(String hex, String message) {
        assertThatThrownBy(() -> of(hex).read())
                .isInstanceOf(WireException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void lengthsWithinFramesAreBounded() {
        long most = Request.BODY_BYTES_MAX;
        assertThatThrownBy(() -> RequestHead.decode(new RequestHead(1, most + 1, "a").encoded()))
                .hasMessage(
                        "a request announces a body of 67108865 bytes; 0 to 67108864 are allowed");
        assertThatThrownBy(() -> RequestHead.decode(new RequestHead(1, -1, "a").encoded()))
                .hasMessageContaining("a body of -1 bytes");
        assertThatThrownBy(() -> RequestHead.decode(new RequestHead(1, 1, "").encoded()))
                .hasMessage("a request has a name of 0 bytes; 1 to 1024 are allowed");
        assertThatThrownBy(() -> RequestHead.decode(ByteBuffer.allocate(3)))
                .isInstanceOf(WireException.class);
        assertThatThrownBy(() -> FailureFrame.decode(ByteBuffer.allocate(0)))
                .hasMessage("a failure has code 0, of 1 to 4");
    }

    @Test
    void headsAndFailuresAreReadAsTheyWereWritten() throws IOException {
        RequestHead head = new RequestHead(5, Request.BODY_BYTES_MAX, "đọc");
        assertThat(RequestHead.decode(head.encoded())).isEqualTo(head);
        for (WorkerException.Kind kind :
                new WorkerException.Kind[] {
                    WorkerException.Kind.OUT_OF_MEMORY,
                    WorkerException.Kind.BAD_REQUEST,
                    WorkerException.Kind.FAILED,
                    WorkerException.Kind.CANCELLED
                }) {
            TaskFailure failure = new TaskFailure(kind, "không có giọng");
            assertThat(FailureFrame.decode(FailureFrame.encoded(failure))).isEqualTo(failure);
        }
    }
}
