package dev.snug.bench.server;

import dev.snug.bench.Conditions;
import dev.snug.bench.Snug;

import java.io.IOException;
import java.util.List;

/**
 * Measures the server in fresh processes: {@code bench/results/server/<machine>.csv}, and a table
 * as Markdown on standard output. {@code bench/run server} starts it; about ten minutes.
 *
 * <p>It ends with exit code 1 when the kernel killed something, a request was lost, or an answer
 * was not the command's. Figures that miss what is to be reached are only shown.
 */
public final class ServerHarness {
    private static final List<String> PARTS = List.of("idle", "loaded", "cold", "limit", "drift");

    private ServerHarness() {}

    /**
     * Measures.
     *
     * @param arguments the checkout, the scratch folder, parts (none: all) and flags of {@link
     *     Scale}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        if (given.size() < 2) {
            System.err.println(
                    "usage: ServerHarness CHECKOUT SCRATCH [PART...] [--NAME=NUMBER...]");
            System.exit(2);
        }
        List<String> named = given.stream().skip(2).filter(word -> !word.startsWith("--")).toList();
        if (!PARTS.containsAll(named)) {
            System.err.println("bench: parts are " + PARTS);
            System.exit(2);
        }
        Scale scale =
                Scale.of(given.stream().skip(2).filter(word -> word.startsWith("--")).toList());
        Snug snug = Snug.of(given.get(0), given.get(1));
        Table table = new Table(Conditions.of(given.get(0), given.get(1)));
        Bench bench = Bench.of(snug, scale, table);
        boolean isRight = true;
        for (String part : named.isEmpty() ? PARTS : named) {
            System.err.println("bench: " + part);
            isRight &= measure(part, bench);
            table.publish(snug.root().resolve("bench/results/server"));
        }
        System.out.println(table.markdown());
        if (!isRight) {
            System.err.println("bench: something was killed, lost or wrong");
            System.exit(1);
        }
    }

    private static boolean measure(String part, Bench bench)
            throws IOException, InterruptedException {
        return switch (part) {
            case "limit" -> LimitPart.measure(bench);
            case "drift" -> DriftPart.measure(bench);
            default -> {
                switch (part) {
                    case "idle" -> IdlePart.measure(bench);
                    case "loaded" -> LoadedPart.measure(bench);
                    default -> ColdPart.measure(bench);
                }
                yield true;
            }
        };
    }
}
