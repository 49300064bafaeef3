package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two models side by side through the launcher. The oracles are what {@code classify} says of the
 * same pictures, the file system, and the DOM that a browser makes of the page.
 */
final class CompareIT {
    private static final double MIB = 1 << 20;
    private static final long PATIENCE_SECONDS = 60;
    private static final String SECOND = Golden.picture(1);

    @TempDir private Path folder;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell =
                Shell.in(folder)
                        .shipping(Golden.ROOT.resolve("models"))
                        .with("SECOND", SECOND)
                        .withTwoInputs();
    }

    @Test
    void aVariantsAnswersStandBesideThoseOfItsModelAndAreKept() throws Exception {
        Ran ran =
                shell.run(
                                """
                                set -e
                                "$SNUG" quantize two --to int8 >&2
                                "$SNUG" compare two two:int8 --on "$PICTURE" "$SECOND" --json \
                                    -o "page.html"
                                """)
                        .ended(0);
        Tree found = Tree.parse(ran.out());
        List<Tree> cases = found.get("cases").elements();
        assertThat(cases).hasSize(2);
        for (String side : List.of("a", "b")) {
            String model = found.get(side).get("model").text();
            Tree said =
                    shell.run("\"$SNUG\" classify \"$PICTURE\" --json -m " + model)
                            .ended(0)
                            .objects()
                            .getFirst()
                            .get("classes")
                            .elements()
                            .getFirst();
            assertThat(cases.getFirst().get(side).get("class").text())
                    .isEqualTo(said.get("id").text());
            assertThat(cases.getFirst().get(side).get("probability").number())
                    .isCloseTo(said.get("probability").number(), within(1e-5));
            assertThat(found.get(side).get("peak_rss_bytes").number())
                    .isBetween(40 * MIB, 250 * MIB);
        }
        assertThat(found.get("quality_kept_with").text()).isEqualTo("two:int8");

        Tree kept =
                shell.run("\"$SNUG\" models --json").ended(0).list().stream()
                        .filter(model -> model.get("name").text().equals("two:int8"))
                        .findFirst()
                        .orElseThrow();
        assertThat(kept.get("variant_of").text()).isEqualTo("two");
        assertThat(kept.get("quality").get("cases").number()).isEqualTo(2);
        assertThat(kept.get("quality").get("top1_agreement").number())
                .isEqualTo(found.get("totals").get("top1_agreement").number());
        assertThat(shell.run("\"$SNUG\" models --verbose").ended(0).out())
                .contains("  two:int8 ", "quality on 2 pictures: the same class as two on ");
        assertThat(shell.run("\"$SNUG\" plan two:int8 --memory 512MiB").ended(0).out())
                .contains("two:int8: quality on 2 pictures");

        String dom = dom(folder.resolve("page.html"));
        assertThat(dom).contains("<html lang=\"en\">", "picture_1.png", "alt=\"Where two looked");
        assertThat(dom.split("data:image/png", -1)).hasSize(1 + 4);
    }

    @Test
    void aVoiceIsHeardTwiceFromTheSameNoise() throws Exception {
        Files.writeString(folder.resolve("s.txt"), "Xin chào.\n<script>alert(1)</script> Hai.\n");
        Ran ran =
                shell.run(
                                """
                                set -e
                                "$SNUG" quantize snug-vi --to dynamic-int8 >&2
                                "$SNUG" compare snug-vi snug-vi:dynamic-int8 --on s.txt --steps 2 \
                                    --lang vi -o heard --json
                                """)
                        .ended(0);
        Tree found = Tree.parse(ran.out());

        for (Tree one : found.get("cases").elements()) {
            assertThat(one.get("a").get("voice").text())
                    .isEqualTo(one.get("b").get("voice").text());
            assertThat(one.get("mel_distance_db").number()).isBetween(1e-6, 20.0);
        }
        assertThat(names(folder.resolve("heard")))
                .containsExactlyInAnyOrder(
                        "001.snug-vi.wav",
                        "001.snug-vi+dynamic-int8.wav",
                        "002.snug-vi.wav",
                        "002.snug-vi+dynamic-int8.wav",
                        "report.html",
                        "report.json");
        shell.run(
                        """
                        set -e
                        "$SNUG" speak 'Xin chào.' --steps 2 --voice %s -o alone.wav
                        cmp alone.wav heard/001.snug-vi.wav
                        """
                                .formatted(
                                        found.get("cases")
                                                .elements()
                                                .getFirst()
                                                .get("a")
                                                .get("voice")
                                                .text()))
                .ended(0);
        String dom = dom(folder.resolve("heard/report.html"));
        assertThat(dom).contains("<html lang=\"vi\">", "&lt;script&gt;").doesNotContain("<script");
        assertThat(dom.split("<audio ", -1)).hasSize(1 + 4);
    }

    @Test
    void whatCannotBeComparedIsRefusedBeforeAnythingRuns() throws Exception {
        Map<String, String> refusals =
                Map.of(
                        "two two --on \"$PICTURE\"", "not two with itself",
                        "two two:int8 --on \"$PICTURE\"", "snug quantize two --to int8",
                        "two snug-vi --on \"$PICTURE\"", "cannot be compared");
        for (Map.Entry<String, String> refusal : refusals.entrySet()) {
            Ran ran = shell.run("\"$SNUG\" compare " + refusal.getKey() + " -o out");
            assertThat(ran.exitCode()).isNotZero();
            assertThat(ran.err()).contains(refusal.getValue());
            assertThat(ran.out()).isEmpty();
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void whoEndsAComparisonFindsNothingHalf() throws Exception {
        Files.writeString(folder.resolve("s.txt"), "Hôm nay trời đẹp quá.\n".repeat(100));
        shell.run("\"$SNUG\" quantize snug-vi --to dynamic-int8").ended(0);
        Path work = Files.createDirectory(folder.resolve("work"));
        Process process =
                shell.start(
                        "exec \"$SNUG\" compare snug-vi snug-vi:dynamic-int8 --on s.txt -o"
                                + " work/out",
                        folder.resolve("out.txt"),
                        folder.resolve("err.txt"));
        try {
            awaitChild(process, work);
        } finally {
            process.destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(names(work)).isEmpty();
    }

    /**
     * Until the comparison has its scratch folder and the process of its first model; the launcher
     * has children of its own before.
     */
    private static void awaitChild(Process process, Path work) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (names(work).isEmpty() || process.descendants().findAny().isEmpty()) {
            assertThat(process.isAlive() && System.nanoTime() < end).isTrue();
            Thread.sleep(50);
        }
    }

    private static List<String> names(Path place) throws Exception {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private String dom(Path page) throws Exception {
        return shell.run(
                        "chromium --headless=new --no-sandbox --disable-gpu --dump-dom"
                                + " --user-data-dir=profile 'file://"
                                + page
                                + "'")
                .ended(0)
                .out();
    }
}
