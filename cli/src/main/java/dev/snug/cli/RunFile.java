package dev.snug.cli;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The file of one running command. It is renamed into place, so a reader sees a whole one; it is
 * not forced to the disk, because after a power cut nothing runs.
 */
final class RunFile implements AutoCloseable {
    private final Path file;
    private Entry entry;

    private RunFile(Path file, Entry entry) {
        this.file = file;
        this.entry = entry;
    }

    /**
     * What a running command says of itself: no text, no picture, no file.
     *
     * @param startTicks when the process began, in clock ticks since the machine did
     * @param limitBytes the memory limit that it has to keep
     * @param stage in a few words
     */
    record Entry(
            long pid,
            long startTicks,
            String command,
            String model,
            OptionalLong limitBytes,
            String stage) {
        static Entry of(Fields fields) {
            long limit = fields.has("limit_bytes") ? fields.whole("limit_bytes") : -1;
            return new Entry(
                    fields.whole("pid"),
                    fields.whole("start_ticks"),
                    fields.text("command"),
                    fields.text("model"),
                    limit < 0 ? OptionalLong.empty() : OptionalLong.of(limit),
                    fields.text("stage"));
        }

        Entry at(String newStage) {
            return new Entry(pid, startTicks, command, model, limitBytes, newStage);
        }

        Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("pid", pid);
            tree.put("start_ticks", startTicks);
            tree.put("command", command);
            tree.put("model", model);
            limitBytes.ifPresent(bytes -> tree.put("limit_bytes", bytes));
            tree.put("stage", stage);
            return tree;
        }
    }

    static @Nullable RunFile begin(Path file, Entry entry) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            return null;
        }
        RunFile runFile = new RunFile(file, entry);
        return runFile.write() ? runFile : null;
    }

    /** Says what is done now. */
    void stage(String stage) {
        entry = entry.at(stage);
        write();
    }

    /** Whether it could be written: nobody's work fails because it cannot be listed. */
    private boolean write() {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.write(part, Json.bytes(entry.tree()));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next reader sees that the process is gone.
            return;
        }
    }
}
