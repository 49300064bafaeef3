package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.session.Placement;
import dev.snug.vision.ClassLabel;
import dev.snug.vision.ClassScore;
import dev.snug.vision.Classification;
import dev.snug.vision.picture.Reduction;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What people and programs are told of a picture. The oracle is the text that was promised. */
class AnswersTest {
    private static final Reduction REDUCED = new Reduction(4, 1500, 1000, 6000, 4000);

    private static String said(Function<PrintStream, Answers> kind, Optional<Reduction> how) {
        Classification found =
                new Classification(
                        List.of(new ClassScore(new ClassLabel("nv", "Mole", null), 0.75f)), null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        kind.apply(out).answered(Path.of("photo.jpg"), found, how, Answers.Written.NOTHING, 0.25);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void peopleAreToldThatAPictureWasDecodedReduced() {
        Function<PrintStream, Answers> text = out -> new TextAnswers(out, out, "m", 5);
        assertThat(said(text, Optional.of(REDUCED)))
                .contains(
                        "decoded at 1/4, 1500 x 1000 of 6000 x 4000 pixels: the whole does not fit"
                                + " the memory limit");
        assertThat(said(text, Optional.empty())).contains("75.00 %").doesNotContain("decoded");
    }

    @Test
    void programsAreToldThatAPictureWasDecodedReduced() {
        Function<PrintStream, Answers> json =
                out -> new JsonAnswers(out, "m", new ProviderReport(Placement.CPU));
        assertThat(said(json, Optional.of(REDUCED)))
                .contains(
                        "\"decoded_at\":{\"factor\":4,\"width\":1500,\"height\":1000,"
                                + "\"full_width\":6000,\"full_height\":4000}");
        assertThat(said(json, Optional.empty())).contains("\"decoded_at\":null");
    }
}
