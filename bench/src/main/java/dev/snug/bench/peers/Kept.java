package dev.snug.bench.peers;

import dev.snug.runtime.bundle.FolderTree;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs that are done, one small file each, so that a measurement that was stopped goes on where it
 * was.
 *
 * @param folder the files; a folder below it for each row
 */
record Kept(Path folder) {
    private static final String DIFFERENCE = "difference";
    private static final String LIMIT = "limit";

    Optional<Took> find(Peer peer, String what) throws IOException {
        Path file = file(peer, what);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(Took.of(json(file)));
    }

    void keep(Peer peer, String what, Took took) throws IOException {
        write(peer, what, took.toJson());
    }

    /** The difference of the row's answer, once it is known. */
    Optional<Difference> difference(Peer peer) throws IOException {
        Path file = file(peer, DIFFERENCE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Fields json = json(file);
        return Optional.of(
                new Difference(json.flag("equal"), json.number("largest"), json.text("text")));
    }

    void keep(Peer peer, Difference difference) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("equal", difference.isEqual());
        json.put("largest", difference.largest());
        json.put("text", difference.text());
        write(peer, DIFFERENCE, json);
    }

    /** What the search for a limit found; empty twice: not searched, and nothing found. */
    Optional<Optional<Search.Found>> limit(Peer peer) throws IOException {
        Path file = file(peer, LIMIT);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Fields json = json(file);
        if (!json.flag("found")) {
            return Optional.of(Optional.empty());
        }
        int good = Math.toIntExact(json.whole("good_mib"));
        return Optional.of(
                Optional.of(
                        new Search.Found(
                                Math.toIntExact(json.whole("smallest_mib")),
                                json.number("cpu_ratio"),
                                good == 0 ? OptionalInt.empty() : OptionalInt.of(good),
                                json.number("good_ratio"))));
    }

    void keep(Peer peer, Optional<Search.Found> found) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("found", found.isPresent());
        found.ifPresent(
                limit -> {
                    json.put("smallest_mib", limit.smallestMib());
                    json.put("cpu_ratio", limit.cpuRatio());
                    json.put("good_mib", limit.goodMib().orElse(0));
                    json.put("good_ratio", limit.goodRatio());
                });
        write(peer, LIMIT, json);
    }

    /** Rounds of which both runs are there. */
    int rounds(Peer peer) throws IOException {
        int rounds = 0;
        while (find(peer, few(rounds)).isPresent() && find(peer, more(rounds)).isPresent()) {
            rounds++;
        }
        return rounds;
    }

    /** The run of few units of a round. */
    static String few(int round) {
        return "few-" + round;
    }

    /** The run of more units of a round. */
    static String more(int round) {
        return "more-" + round;
    }

    /** Forgets the runs of a row, and what it answered. */
    void forget(Peer peer) throws IOException {
        FolderTree.delete(folder.resolve(peer.id()));
    }

    private void write(Peer peer, String what, Map<String, Object> json) throws IOException {
        Files.createDirectories(folder.resolve(peer.id()));
        byte[] text = Json.bytes(json);
        WholeFile.write(file(peer, what), out -> out.write(text));
    }

    private static Fields json(Path file) throws IOException {
        String where = file.toString();
        return new Fields(Json.parseObject(Files.readAllBytes(file), where), where);
    }

    private Path file(Peer peer, String what) {
        return folder.resolve(peer.id()).resolve(what + ".json");
    }
}
