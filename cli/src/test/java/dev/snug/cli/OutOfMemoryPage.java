package dev.snug.cli;

import dev.snug.cli.language.Language;
import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.job.DoesNotFitException;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Prefer;
import dev.snug.speech.NetworksOpening;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;
import dev.snug.vision.picture.PictureTooLargeException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes docs/vi/het-ram.md: what Snug does where memory is short, in the sentences of its own
 * planner, refusals and catalogue, with the figures that the planner computes from the graphs.
 *
 * @param shipped the folder of the models that ship with Snug
 * @param home of the classifier {@link #CLASSIFIER}, in two sizes of pictures
 */
record OutOfMemoryPage(Path shipped, Path home) {
    /** More than any of these jobs can use. */
    private static final long AMPLE_BYTES = 4L << 30;

    private static final int CORES = 2;
    private static final int ROWS_MAX = 40;
    private static final String VOICE = "snug-vi";
    static final String CLASSIFIER = "tiny";
    private static final List<Double> MEGAPIXELS = List.of(1.0, 4.0, 12.2, 24.0, 48.0);

    /** What a limit makes a job do without. */
    private record Rung(Plan<?> plan, String givenUp) {}

    String text() throws IOException {
        List<Rung> voice = ladder(VOICE, Prefer.BALANCED);
        return template()
                .formatted(
                        CORES,
                        report(VOICE, 112).line().transform(Language.VI::line),
                        VOICE,
                        table(voice),
                        photos(),
                        orders(),
                        reasons(),
                        refused(voice.getLast().plan()),
                        tooLarge(),
                        indented(fit()),
                        said(
                                "was killed by the kernel for memory (SIGKILL; oom_kill of the"
                                        + " control group rose from 0 to 1)"),
                        said("`snug speak Xin-chào` ended with exit code 137: …"),
                        said("memory cgroup limit"),
                        said(
                                Failure.of(new OutOfMemoryError())
                                        .message()
                                        .replaceAll("above [0-9]+m", "above 224m")))
                .replaceAll(" +\n", "\n");
    }

    private static String template() throws IOException {
        try (InputStream in = OutOfMemoryPage.class.getResourceAsStream("het-ram.md.template")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String said(String english) {
        return Language.VI.line(english);
    }

    private static MemoryLimit limit(long bytes) {
        return new MemoryLimit(
                bytes, MemoryLimit.Origin.ASKED, "--memory says " + new MemorySize(bytes));
    }

    private Main main() {
        return new Main(
                new Surroundings(
                        Map.of("SNUG_HOME", home.toString()),
                        Optional.of(shipped),
                        InputStream.nullInputStream(),
                        System.out,
                        System.err,
                        false),
                NetworksOpening.BY_FAMILY);
    }

    private PlanReport report(String model, long mebibytes) throws IOException {
        return report(model, Prefer.BALANCED, mebibytes << 20);
    }

    private PlanReport report(String model, Prefer prefer, long bytes) throws IOException {
        Bundle bundle = main().surroundings().store().open(model);
        PlanOptions options = new PlanOptions();
        options.megapixels = model.equals(CLASSIFIER) ? MEGAPIXELS.getFirst() : null;
        return new JobPlans(main(), options, prefer)
                .of(bundle, new JobPlans.Room(limit(bytes), CORES));
    }

    /** The settings with a choice, the one that is given up first in front. */
    private String orders() throws IOException {
        StringBuilder table = new StringBuilder("| --prefer | đọc | phân loại |\n|---|---|---|\n");
        for (Prefer prefer : Prefer.values()) {
            table.append(
                    "| %s | %s | %s |\n"
                            .formatted(
                                    prefer.name().toLowerCase(Locale.ROOT),
                                    order(VOICE, prefer),
                                    order(CLASSIFIER, prefer)));
        }
        return table.toString();
    }

    private String order(String model, Prefer prefer) throws IOException {
        return report(model, prefer, AMPLE_BYTES).plan().choices().reversed().stream()
                .filter(choice -> choice.reason().contains(" instead: "))
                .map(choice -> "`" + choice.name() + "`")
                .collect(Collectors.joining(", "));
    }

    /** The smallest limit for a photo of each size. */
    private String photos() throws IOException {
        Bundle bundle = main().surroundings().store().open(CLASSIFIER);
        StringBuilder table =
                new StringBuilder(
                        "| ảnh | giới hạn nhỏ nhất | đỉnh, tính cả tệp |\n|---|---|---|\n");
        for (double megapixels : MEGAPIXELS) {
            PlanOptions options = new PlanOptions();
            options.megapixels = megapixels;
            Plan<?> plan =
                    new JobPlans(main(), options, Prefer.BALANCED)
                            .of(bundle, new JobPlans.Room(limit(AMPLE_BYTES), CORES))
                            .plan();
            table.append(
                    String.format(
                            Locale.ROOT,
                            "| %.1f megapixel | %.0f MiB | %.0f MiB |%n",
                            megapixels,
                            Mebibytes.of(plan.smallestBudgetBytes()),
                            Mebibytes.of(plan.predictedPeakBytes())));
        }
        return table.toString();
    }

    /** From room for all down to the last plan, which no longer fits. */
    private List<Rung> ladder(String model, Prefer prefer) throws IOException {
        List<Rung> rungs = new ArrayList<>();
        long bytes = AMPLE_BYTES;
        while (rungs.size() < ROWS_MAX) {
            Plan<?> plan = report(model, prefer, bytes).plan();
            rungs.add(new Rung(plan, String.join(", ", plan.giveUp())));
            if (!plan.isFeasible()) {
                return rungs;
            }
            bytes = plan.cost().smallestLimitBytes() - (1 << 20);
        }
        throw new IllegalStateException(model + " gives up more than " + ROWS_MAX + " times");
    }

    private static String table(List<Rung> rungs) {
        StringBuilder table =
                new StringBuilder(
                        """
                        | giới hạn từ | phải bỏ | đỉnh, tính cả tệp | s CPU, ước đoán |
                        |---|---|---|---|
                        """);
        for (Rung rung : rungs) {
            if (rung.plan().isFeasible()) {
                table.append(
                        String.format(
                                Locale.ROOT,
                                "| %.0f MiB | %s | %.0f MiB | %.1f |%n",
                                Mebibytes.of(rung.plan().cost().smallestLimitBytes()),
                                rung.givenUp().isEmpty() ? "không gì cả" : said(rung.givenUp()),
                                Mebibytes.of(rung.plan().predictedPeakBytes()),
                                rung.plan().cost().seconds()));
            }
        }
        return table + "\nÍt hơn nữa thì không vừa.\n";
    }

    /** Each setting with each value that some limit makes the planner take, and why. */
    private String reasons() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String model : List.of(VOICE, CLASSIFIER)) {
            Prefer prefer = model.equals(VOICE) ? Prefer.BALANCED : Prefer.SPEED;
            for (Rung rung : ladder(model, prefer)) {
                for (Plan.Choice choice : rung.plan().choices()) {
                    String reason = choice.reason().replaceFirst("; [^;]* instead: .*", "");
                    String line =
                            "- `%s` %s: %s"
                                    .formatted(choice.name(), said(choice.value()), said(reason));
                    if (!lines.contains(line)) {
                        lines.add(line);
                    }
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String refused(Plan<?> plan) {
        DoesNotFitException refusal = DoesNotFitException.of(VOICE, limit(plan.limitBytes()), plan);
        return said("snug: " + refusal.getMessage());
    }

    /** What is said of a picture whose header promises 30 GB. */
    private String tooLarge() throws IOException {
        Path picture = Path.of(Golden.hugePng(home));
        try {
            PictureDecoder.within(PictureLimits.DEFAULT).need(picture);
            throw new IllegalStateException("so large a picture is not refused");
        } catch (PictureTooLargeException e) {
            String message = Failure.of(e).withoutNameOf(picture).message();
            return said("snug: anh.png: " + message);
        }
    }

    private String fit() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Surroundings surroundings = main().surroundings();
        Main.run(
                new Surroundings(
                        surroundings.variables(),
                        surroundings.shipped(),
                        surroundings.in(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        surroundings.err(),
                        false),
                "fit",
                "render-free",
                "--lang=vi");
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String indented(String text) {
        return text.lines().map(line -> "    " + line + "\n").reduce("", String::concat);
    }
}
