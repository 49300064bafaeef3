package dev.snug.server.job.redis;

import dev.snug.server.job.JobException;
import dev.snug.server.job.JobId;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobOrder.IdempotencyKey;
import dev.snug.server.job.Line;
import dev.snug.server.redis.Redis;
import dev.snug.server.settings.JobSettings;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * How an order comes in: its files are sent where nobody looks, then one script makes it a job, or
 * they are taken away again. A server that is killed in between leaves files that go by themselves.
 */
final class Submission {
    /** How long files without a job stay after their last piece. */
    static final long UPLOAD_MILLIS = 10 * 60_000L;

    private final JobDatabase database;
    private final JobSettings settings;
    private final InstantSource clock;

    Submission(JobDatabase database, JobSettings settings, InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What became of an order.
     *
     * @param id of its job
     */
    record Taken(String id, boolean isNew) {}

    Taken submit(JobOrder order, List<Path> files) throws IOException {
        requireBounds(order, files);
        String alias = order.key().map(key -> alias(order.account(), key)).orElse("");
        String sha256 = order.key().map(IdempotencyKey::sha256).orElse("");
        // Nothing is sent for what would be refused; the script looks again.
        Optional<Taken> before =
                answer(database.run(JobScripts.LOOK, alias, sha256, settings.count()));
        if (before.isPresent()) {
            return before.get();
        }
        String id = JobId.random();
        boolean isKept = false;
        try {
            for (int item = 0; item < files.size(); item++) {
                upload(id, item, files.get(item));
            }
            Taken taken = make(id, order, alias, sha256);
            isKept = taken.isNew();
            return taken;
        } catch (JobException e) {
            // Where no reply came, the job may be there and need them.
            isKept = e.kind() == JobException.Kind.UNAVAILABLE;
            throw e;
        } finally {
            if (!isKept) {
                database.call("UNLINK", Keys.part(id, "files"));
            }
        }
    }

    private void requireBounds(JobOrder order, List<Path> files) throws IOException {
        if (files.size() != order.items()) {
            throw new IllegalArgumentException(
                    files.size() + " files for " + order.items() + " items");
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        if (bytes > settings.bytes()) {
            throw new IllegalArgumentException(
                    bytes + " bytes of files; at most " + settings.bytes() + " are one job");
        }
    }

    private void upload(String id, int item, Path file) throws IOException {
        long size = Files.size(file);
        long sent =
                Pieces.send(
                        file,
                        0,
                        size,
                        (offset, bytes) -> {
                            String field = item + "/" + offset / Redis.PIECE_BYTES;
                            database.run(JobScripts.UPLOAD, id, field, bytes, UPLOAD_MILLIS);
                            return true;
                        });
        if (sent != size) {
            throw new IOException(file + " became shorter while it was read");
        }
        database.run(JobScripts.UPLOAD, id, item + ":pieces", Pieces.count(size), UPLOAD_MILLIS);
    }

    private Taken make(String id, JobOrder order, String alias, String sha256) {
        Line line = order.line();
        Object reply =
                database.run(
                        JobScripts.SUBMIT,
                        id,
                        order.account(),
                        line.kind().word(),
                        line.model(),
                        line.version(),
                        Keys.line(line),
                        order.items(),
                        clock.millis(),
                        settings.count(),
                        alias,
                        order.key().map(IdempotencyKey::text).orElse(""),
                        sha256,
                        order.question());
        return answer(reply).orElseGet(() -> new Taken(id, true));
    }

    /** Empty where it is new. */
    private Optional<Taken> answer(@Nullable Object reply) {
        List<?> words = Redis.list(reply);
        return switch (Redis.text(words.getFirst())) {
            case "NEW" -> Optional.empty();
            case "KNOWN" -> Optional.of(new Taken(Redis.text(words.get(1)), false));
            case "REUSED" ->
                    throw new JobException(
                            JobException.Kind.KEY_REUSED,
                            "this key was used for another order; give each its own");
            case "FULL" ->
                    throw new JobException(
                            JobException.Kind.FULL,
                            settings.count() + " jobs are not over, and no more may be");
            default ->
                    throw new JobException(
                            JobException.Kind.UNAVAILABLE,
                            "the files of the job took too long to be sent; try again later");
        };
    }

    /** A name that holds no text of a client. */
    private static String alias(String account, IdempotencyKey key) {
        try {
            byte[] text = (account + '\0' + key.text()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
