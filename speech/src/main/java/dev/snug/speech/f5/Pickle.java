package dev.snug.speech.f5;

import dev.snug.runtime.json.Json;
import dev.snug.speech.safetensors.CheckpointException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Files that PyTorch writes with Python's pickle, told by their content. To read one is to run the
 * program inside it, so they are refused, with the way to a format that holds numbers only.
 *
 * <p>Sources: APPNOTE.TXT 4.3.7 (local file header) for {@code torch.save} since 1.6, an archive
 * whose first entry is {@code NAME/data.pkl}; the module pickle of Python for what came before: the
 * opcode PROTO, 0x80, and a protocol of 1 to 5.
 */
public final class Pickle {
    /** Endings that PyTorch's files usually have, for a folder that holds nothing else. */
    private static final Pattern ENDING = Pattern.compile(".+\\.(pt|pth|ckpt|bin)");

    private static final int ZIP_ENTRY = 0x04034b50;
    private static final int ZIP_NAME_LENGTH_AT = 26;
    private static final int ZIP_NAME_AT = 30;

    /** The name of a folder in the archive is that of the file: 255 bytes at most. */
    private static final int HEAD_BYTES = 512;

    private static final int PROTOCOL_OPCODE = 0x80;
    private static final int PROTOCOL_MAX = 5;

    private Pickle() {}

    /** Whether {@code file} begins as a pickle or an archive of one does. */
    public static boolean is(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD_BYTES);
        }
        ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (head.length >= ZIP_NAME_AT && bytes.getInt(0) == ZIP_ENTRY) {
            int length = Short.toUnsignedInt(bytes.getShort(ZIP_NAME_LENGTH_AT));
            int end = Math.min(ZIP_NAME_AT + length, head.length);
            return new String(head, ZIP_NAME_AT, end - ZIP_NAME_AT, StandardCharsets.UTF_8)
                    .endsWith("data.pkl");
        }
        // A safetensors file may begin with these bytes too: there they count its header.
        boolean counted = head.length > Long.BYTES && head[Long.BYTES] == '{';
        return head.length >= 2
                && !counted
                && Byte.toUnsignedInt(head[0]) == PROTOCOL_OPCODE
                && head[1] >= 1
                && head[1] <= PROTOCOL_MAX;
    }

    /** Whether {@code file} is called like one; its content is not looked at. */
    static boolean isCalledSo(Path file) {
        return ENDING.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT)).matches();
    }

    /** The refusal of {@code file}, with the line of Python that converts it. */
    public static CheckpointException refusal(Path file) {
        // Meant to be pasted into a shell: no letter of a stranger's name may mean anything there.
        String name = String.valueOf(file.getFileName()).replaceAll("[^A-Za-z0-9._+@=-]", "?");
        String target = name.replaceFirst("\\.[A-Za-z0-9]+$", "") + ".safetensors";
        return new CheckpointException(
                ("%s is a Python pickle, which can run programs when it is read; Snug reads"
                                + " safetensors. Convert it once where PyTorch is: python3 -c"
                                + " \"import torch; from safetensors.torch import save_file; s ="
                                + " torch.load('%s', map_location='cpu', weights_only=True); s ="
                                + " s.get('ema_model_state_dict', s); save_file({k:"
                                + " v.clone().contiguous() for k, v in s.items() if hasattr(v,"
                                + " 'shape')}, '%s')\"")
                        .formatted(Json.printable(file.toString()), name, target));
    }
}
