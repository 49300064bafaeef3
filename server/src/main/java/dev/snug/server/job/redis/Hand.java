package dev.snug.server.job.redis;

import dev.snug.runtime.bundle.FolderTree;
import dev.snug.runtime.bundle.OwnerAlone;
import dev.snug.server.job.JobStore.Standing;
import dev.snug.server.redis.Redis;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** An item in this server's hand, and the folder with what belongs to it. For many threads. */
final class Hand {
    private final JobDatabase database;
    private final String node;
    private final String job;
    private final int item;
    private final String token;
    private final Path folder;
    private @Nullable Path file;
    private @Nullable Workspace workspace;

    /** Nothing is made or fetched yet. */
    Hand(JobDatabase database, String node, String job, int item, String token, Path folder) {
        this.database = database;
        this.node = node;
        this.job = job;
        this.item = item;
        this.token = token;
        this.folder = folder;
    }

    /** The item's file; fetched at the first call. */
    synchronized Path file() throws IOException {
        Path known = file;
        if (known == null) {
            known = folder().resolve("file");
            fetch(known);
            file = known;
        }
        return known;
    }

    private void fetch(Path target) throws IOException {
        String key = Keys.part(job, "files");
        Object count = database.call("HGET", key, item + ":pieces");
        int pieces = count == null ? -1 : Integer.parseInt(Redis.text(count));
        try (FileChannel out =
                FileChannel.open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            for (int i = 0; i < pieces || pieces < 0; i++) {
                Object piece = pieces < 0 ? null : database.call("HGET", key, item + "/" + i);
                if (piece == null) {
                    throw new IOException("the file is gone: its item ended meanwhile");
                }
                Pieces.write(out, (byte[]) piece);
            }
        }
    }

    /** The folder of a text's sound; fetched at the first call. */
    synchronized Path workspace() throws IOException {
        Workspace known = workspace;
        if (known == null) {
            List<?> index = Redis.list(database.call("HGETALL", Keys.part(job, "index")));
            String work = Keys.part(job, "work");
            Path place = folder().resolve("work");
            FolderTree.delete(place);
            known =
                    Workspace.restored(
                            place,
                            JobFields.of(index).values(),
                            field -> (byte[]) database.call("HGET", work, field));
            workspace = known;
        }
        return known.folder();
    }

    private Path folder() throws IOException {
        return Files.createDirectories(folder, OwnerAlone.folder(folder));
    }

    /** Sends what is new in the workspace, and makes it count. */
    synchronized Standing progress(int done, int total, long millis) throws IOException {
        List<Object> words = new ArrayList<>(List.of(job, item, token, node, done, total, millis));
        Workspace known = workspace;
        if (known == null) {
            return standing(database.run(JobScripts.PROGRESS, words.toArray()));
        }
        Workspace.Changes changes =
                known.send((field, bytes) -> send("work", field, bytes, 0) == Standing.WANTED);
        if (changes == null) {
            return standing();
        }
        words.addAll(changes.words());
        Standing standing = standing(database.run(JobScripts.PROGRESS, words.toArray()));
        if (standing == Standing.WANTED) {
            known.note(changes);
        }
        return standing;
    }

    /** Sends a sound, which does not count yet; false where it is not wanted any more. */
    boolean sendSound(Path sound) throws IOException {
        long bytes = Files.size(sound);
        long sent =
                Pieces.send(
                        sound,
                        0,
                        bytes,
                        (offset, piece) ->
                                send(
                                                "sound:" + token,
                                                Long.toString(offset / Redis.PIECE_BYTES),
                                                piece,
                                                Submission.UPLOAD_MILLIS)
                                        == Standing.WANTED);
        if (sent >= 0 && sent != bytes) {
            throw new IOException(sound + " became shorter while it was read");
        }
        return sent == bytes;
    }

    private Standing send(String part, String field, byte[] bytes, long ttl) {
        return standing(
                database.run(JobScripts.PIECE, job, item, token, node, part, field, bytes, ttl));
    }

    private Standing standing() {
        return standing(database.run(JobScripts.STANDING, job, item, token));
    }

    static Standing standing(@Nullable Object reply) {
        return Standing.valueOf(Redis.text(reply));
    }

    /** Deletes its folder. */
    void empty() {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
