package dev.snug.bench.peers;

import dev.snug.bench.Conditions;
import dev.snug.bench.LimitSearch;
import dev.snug.bench.MemoryGroup;
import dev.snug.bench.Snug;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.json.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The comparison with other engines. {@code bench/run peers} starts it: round by round each row
 * does its job with few units and with more, in turn, so that a slow minute falls on all of them;
 * then the smallest hard limit of each is searched. Runs that are done are kept, so a measurement
 * that was stopped goes on where it was.
 */
public final class PeerHarness {
    private final Runner runner;
    private final PeerFlags flags;
    private final Progress progress;
    private final List<Peer> all;

    private PeerHarness(Runner runner, PeerFlags flags, List<Peer> all) throws IOException {
        this.runner = runner;
        this.flags = flags;
        this.all = all;
        for (Peer peer : all) {
            if (flags.isAgain() && flags.has(peer)) {
                runner.kept().forget(peer);
            }
        }
        this.progress = new Progress(System.err, parts());
    }

    /**
     * Measures.
     *
     * @param arguments the checkout, the folder that {@code bench/peers/prepare} filled, and flags
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            System.err.println("usage: PeerHarness CHECKOUT FOLDER; " + PeerFlags.USAGE);
            System.exit(2);
        }
        Optional<String> unavailable = MemoryGroup.unavailable();
        if (unavailable.isPresent()) {
            System.err.println("peers: every run takes a group: " + unavailable.get());
            System.exit(1);
        }
        PeerFlags flags = PeerFlags.of(List.of(arguments).subList(2, arguments.length));
        Conditions conditions = Conditions.of(arguments[0], arguments[1]);
        Snug snug = LimitSearch.onCopiedJdk(Snug.of(arguments[0], arguments[1]));
        Folder folder = new Folder(snug.root(), snug.scratch());
        List<Peer> all = new ArrayList<>();
        for (Length length : Length.values()) {
            all.addAll(
                    new SpeechPeers(folder, length).rows(snug, SnugRows.models(snug, "f5-base")));
        }
        all.addAll(new PicturePeers(folder).rows(snug, SnugRows.models(snug, "efficientnetv2-s")));
        PeerHarness harness = new PeerHarness(new Runner(snug.scratch()), flags, all);
        harness.measure();
        harness.publish(conditions, snug.root().resolve("bench/results/peers"));
    }

    /** Rounds and searches: what the time that is left is guessed from. */
    private int parts() {
        int parts = 0;
        for (Peer peer : all) {
            if (isMeasured(peer)) {
                parts += flags.rounds(peer.kind()) + (flags.withLimits() ? 1 : 0);
            } else if (isReference(peer)) {
                parts++;
            }
        }
        return parts;
    }

    private void measure() throws IOException, InterruptedException {
        for (Kind kind : flags.kinds()) {
            List<Peer> rows = all.stream().filter(peer -> peer.kind() == kind).toList();
            for (int round = 0; round < flags.rounds(kind); round++) {
                for (Peer peer : rows) {
                    if (isMeasured(peer) || (round == 0 && isReference(peer))) {
                        measure(peer, round);
                    }
                }
            }
        }
        Search search = new Search(runner, progress);
        for (Peer peer : all) {
            if (flags.withLimits() && isMeasured(peer)) {
                progress.began(peer, "the smallest limit");
                if (runner.kept().limit(peer).isEmpty()) {
                    runner.kept().keep(peer, search.of(peer));
                }
                progress.ended();
            }
        }
    }

    private void measure(Peer peer, int round) throws IOException, InterruptedException {
        Kind kind = peer.kind();
        progress.began(peer, "round " + (round + 1));
        String few = Kept.few(round);
        progress.took(peer, few, runner.free(peer, few, kind.few));
        if (isMeasured(peer)) {
            String more = Kept.more(round);
            progress.took(peer, more, runner.free(peer, more, kind.more));
        }
        progress.ended();
    }

    private boolean isMeasured(Peer peer) {
        return peer.role() != Peer.Role.REFERENCE && flags.has(peer) && peer.missing().isEmpty();
    }

    /** Whether others that are measured are compared with it; it must have answered once. */
    private boolean isReference(Peer peer) {
        return peer.missing().isEmpty()
                && all.stream()
                        .filter(this::isMeasured)
                        .anyMatch(other -> other.reference().equals(peer.id()));
    }

    /** All that is kept, measured now or before. */
    private void publish(Conditions conditions, Path folder) throws IOException {
        List<Row> found = new ArrayList<>();
        for (Peer peer : all) {
            if (peer.role() != Peer.Role.REFERENCE && runner.kept().rounds(peer) > 0) {
                found.add(row(peer));
            }
        }
        StringBuilder text = new StringBuilder(conditions.sentence()).append('\n');
        for (Kind kind : Kind.values()) {
            List<Row> rows = found.stream().filter(row -> row.peer().kind() == kind).toList();
            Map<String, String> missing = new LinkedHashMap<>();
            for (Peer peer : all) {
                if (peer.kind() == kind) {
                    peer.missing().ifPresent(why -> missing.put(peer.title(), why));
                }
            }
            text.append('\n').append(PeerTable.markdown(kind, rows, missing));
        }
        System.out.println(text);
        Files.createDirectories(folder);
        String key = conditions.machineKey();
        write(folder.resolve(key + ".csv"), PeerTable.csv(conditions, found));
        byte[] json = Json.bytes(PeerTable.json(conditions, found));
        write(folder.resolve(key + ".json"), new String(json, StandardCharsets.UTF_8));
        progress.note("wrote " + folder.resolve(key) + ".csv and .json");
    }

    private Row row(Peer peer) throws IOException {
        Kept kept = runner.kept();
        List<Took> few = new ArrayList<>();
        List<Took> more = new ArrayList<>();
        for (int round = 0; round < kept.rounds(peer); round++) {
            few.add(kept.find(peer, Kept.few(round)).orElseThrow());
            more.add(kept.find(peer, Kept.more(round)).orElseThrow());
        }
        return new Row(peer, few, more, kept.limit(peer), kept.difference(peer));
    }

    private static void write(Path file, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, out -> out.write(bytes));
    }
}
