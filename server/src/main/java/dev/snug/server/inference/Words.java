package dev.snug.server.inference;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Elements of {@link Datatype#BYTES} that are words or a text, in UTF-8. */
final class Words extends Intake {
    private static final int BYTES_OF_CHAR_MAX = 4;

    private final int charsMax;
    private final List<String> words = new ArrayList<>();

    /**
     * The words of {@code input}.
     *
     * @param charsMax of one of them
     */
    Words(RequestHead.Input input, int charsMax) {
        super(input);
        this.charsMax = charsMax;
    }

    /** Those that came. */
    List<String> words() {
        return words;
    }

    @Override
    void json(JsonParser from) {
        if (from.currentToken() != JsonToken.VALUE_STRING) {
            throw not("strings");
        }
        count();
        words.add(from.getString());
    }

    @Override
    void binary(InputStream in, long bytes) throws IOException {
        each(in, bytes, this::take);
    }

    private void take(InputStream in, long length) throws IOException {
        if (length > (long) BYTES_OF_CHAR_MAX * charsMax) {
            throw Refused.tooLarge(
                    "a word of %d bytes; at most %d characters are taken"
                            .formatted(length, charsMax));
        }
        byte[] bytes = in.readNBytes((int) length);
        try {
            words.add(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw not("UTF-8");
        }
    }
}
