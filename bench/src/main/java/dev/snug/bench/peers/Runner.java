package dev.snug.bench.peers;

import dev.snug.bench.MemoryGroup;
import dev.snug.bench.PageCache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs rows, each time in a fresh process in a memory group of its own, cold: the pages of all that
 * it maps are dropped first. What is done already is not run again.
 */
final class Runner {
    private static final long MIB = 1 << 20;

    /** For runs without a limit: a group that never comes near it, so that they are counted too. */
    private static final long AMPLE_BYTES = 65_536 * MIB;

    /** Without a limit nothing here takes that long. */
    private static final double TIMEOUT_SECONDS = 900;

    private final Path folder;
    private final Kept kept;
    private final Launch launch;

    /**
     * @param folder what is kept, and the answers
     */
    Runner(Path folder) throws IOException {
        this.folder = folder;
        this.kept = new Kept(Files.createDirectories(folder.resolve("measured")));
        this.launch = new Launch(Files.createDirectories(folder.resolve("answers")));
    }

    Kept kept() {
        return kept;
    }

    /** A run without a limit, {@code what} naming it among those of its row. */
    Took free(Peer peer, String what, int units) throws IOException, InterruptedException {
        Optional<Took> done = kept.find(peer, what);
        if (done.isPresent()) {
            return done.get();
        }
        Launch.Ended ended = run(peer, units, OptionalInt.empty(), TIMEOUT_SECONDS);
        if (!ended.took().isAnswered()) {
            throw new IllegalStateException(
                    "%s ended with exit code %d: %s"
                            .formatted(
                                    peer.title(), ended.took().exitCode(), last(ended.errors())));
        }
        if (units == peer.kind().few && kept.difference(peer).isEmpty()) {
            compare(peer, ended.printed());
        }
        kept.keep(peer, what, ended.took());
        return ended.took();
    }

    /** A run under a hard limit; it may have ended in any way. */
    Took limited(Peer peer, int limitMib, double timeoutSeconds)
            throws IOException, InterruptedException {
        String what = "limit-" + limitMib;
        Optional<Took> done = kept.find(peer, what);
        if (done.isPresent()) {
            return done.get();
        }
        Took took = run(peer, peer.kind().limited, OptionalInt.of(limitMib), timeoutSeconds).took();
        kept.keep(peer, what, took);
        return took;
    }

    /** What Snug says on standard error when it is asked to keep to {@code limitMib}. */
    String refusal(Peer peer, int limitMib) throws IOException, InterruptedException {
        List<String> line =
                peer.command().line(peer.kind().limited, OptionalInt.of(limitMib), output(peer));
        try (MemoryGroup group = MemoryGroup.limited(AMPLE_BYTES)) {
            return launch.run(line, peer.environment(), group, TIMEOUT_SECONDS).errors();
        }
    }

    private Launch.Ended run(Peer peer, int units, OptionalInt limitMib, double timeoutSeconds)
            throws IOException, InterruptedException {
        for (Path path : peer.files()) {
            PageCache.evict(path);
        }
        Files.deleteIfExists(output(peer));
        long bytes = limitMib.isPresent() ? limitMib.getAsInt() * MIB : AMPLE_BYTES;
        try (MemoryGroup group = MemoryGroup.limited(bytes)) {
            return launch.run(
                    peer.command().line(units, limitMib, output(peer)),
                    peer.environment(),
                    group,
                    timeoutSeconds);
        }
    }

    /** Keeps the answer as the row's, and how far it is from that of the reference. */
    private void compare(Peer peer, String printed) throws IOException {
        float[] answer = peer.answer().read(printed, output(peer));
        Answers answers = new Answers(folder.resolve("answers"));
        answers.keep(peer.id(), answer);
        if (peer.reference().equals(peer.id())) {
            kept.keep(peer, new Difference(true, 0, "the reference"));
            return;
        }
        float[] right = answers.find(peer.reference());
        if (right.length == 0) {
            kept.keep(peer, new Difference(false, 1, "not compared: no reference"));
            return;
        }
        kept.keep(
                peer,
                switch (peer.kind()) {
                    case SPEECH, LONG -> Difference.ofSound(answer, right);
                    case PICTURES -> Difference.ofPicture(answer, right, PicturePeers.CLASSES);
                });
    }

    private Path output(Peer peer) {
        return folder.resolve("answers").resolve(peer.kind().isSpeech() ? "out.wav" : "out.npy");
    }

    private static String last(String errors) {
        return errors.strip().lines().reduce("", (_, line) -> line);
    }
}
