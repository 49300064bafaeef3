package dev.snug.onnx.format;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/**
 * The mapped files in a model's own folder that hold its external data; each is mapped once.
 *
 * <p>A model comes from outside, so it may name nothing but plain files beside it: no folders, no
 * links, no devices.
 */
final class ExternalFiles {
    private final @Nullable Path folder;
    private final Arena arena;
    private final Map<String, MemorySegment> mapped = new HashMap<>();

    private ExternalFiles(@Nullable Path folder, Arena arena) {
        this.folder = folder;
        this.arena = arena;
    }

    /** Files of {@code folder}, mapped for as long as {@code arena} lives. */
    static ExternalFiles in(Path folder, Arena arena) {
        return new ExternalFiles(folder, arena);
    }

    /** For a model that has no folder: any external data is refused. */
    static ExternalFiles none() {
        return new ExternalFiles(null, Arena.ofAuto());
    }

    /** The given bytes of the file {@code location}; errors name the place {@code at}. */
    ByteBuffer slice(String location, long offset, int length, WireReader at) {
        MemorySegment file = mapped.get(location);
        if (file == null) {
            if (mapped.size() == ReadLimits.EXTERNAL_FILES) {
                throw at.error(
                        "external data lies in more than %d files"
                                .formatted(ReadLimits.EXTERNAL_FILES));
            }
            file = map(location, at);
            mapped.put(location, file);
        }
        if (offset > file.byteSize() - length) {
            throw at.error(
                    "external data at %d, %d bytes, ends behind %s, which has %d bytes"
                            .formatted(offset, length, location, file.byteSize()));
        }
        return file.asSlice(offset, length)
                .asByteBuffer()
                .asReadOnlyBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private MemorySegment map(String location, WireReader at) {
        if (folder == null) {
            throw at.error("external data (" + location + ") in a model that is not a file");
        }
        if (!location.matches("[^/\\\\:\\p{Cntrl}]+")
                || location.equals(".")
                || location.equals("..")) {
            throw at.error(
                    "external data must be a plain file name beside the model, not '%s'"
                            .formatted(location));
        }
        Path file = folder.resolve(location);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw at.error("external data " + location + " is not a regular file");
            }
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            }
        } catch (IOException e) {
            throw at.error("external data " + location + " cannot be read: " + e, e);
        }
    }
}
