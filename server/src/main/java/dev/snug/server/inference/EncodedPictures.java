package dev.snug.server.inference;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Pictures as files: in JSON each is a string in base64 (RFC 4648, 4), decoded as it is read. */
final class EncodedPictures extends Intake {
    private final PictureFiles files;

    EncodedPictures(RequestHead.Input input, PictureFiles files) {
        super(input);
        this.files = files;
    }

    @Override
    void json(JsonParser from) throws IOException {
        if (from.currentToken() != JsonToken.VALUE_STRING) {
            throw not("strings in base64");
        }
        count();
        try (OutputStream out = files.next().out()) {
            from.readBinaryValue(out);
        }
    }

    @Override
    void binary(InputStream in, long bytes) throws IOException {
        each(
                in,
                bytes,
                (file, length) -> {
                    try (OutputStream out = files.next().out()) {
                        RequestText.copy(file, length, out);
                    }
                });
    }
}
