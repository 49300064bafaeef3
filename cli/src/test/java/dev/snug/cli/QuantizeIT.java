package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/**
 * Variants of the voice that ships, through the launcher. The oracles are {@code cmp} between what
 * is spoken by different names of one variant, and the sizes of files on the disk.
 */
final class QuantizeIT {
    @TempDir private Path folder;

    private Shell shell;

    @BeforeEach
    void make() throws Exception {
        shell = Shell.in(folder).shipping(Golden.ROOT.resolve("models"));
        Ran ran = shell.run("\"$SNUG\" quantize snug-vi --to dynamic-int8").ended(0);
        assertThat(ran.out()).startsWith("snug-vi:dynamic-int8  weights ");
    }

    @Test
    void aVariantAnswersWhereItIsNamedAskedForOrChosenAndTheModelElse() throws Exception {
        shell.run(
                        """
                        set -e
                        speak() { "$SNUG" speak 'Một hai ba.' --voice female-north "$@" 2>/dev/null; }
                        speak -o model.wav
                        speak -o named.wav -m snug-vi:dynamic-int8
                        speak -o asked.wav --precision dynamic-int8
                        "$SNUG" models use snug-vi:dynamic-int8
                        speak -o chosen.wav
                        "$SNUG" models use snug-vi
                        speak -o back.wav
                        cmp named.wav asked.wav
                        cmp named.wav chosen.wav
                        cmp model.wav back.wav
                        ! cmp -s model.wav named.wav
                        """)
                .ended(0);
    }

    @Test
    void theVelocityIsSmallerAndTheRestIsShared() throws Exception {
        List<Tree> models = shell.run("\"$SNUG\" models --json").ended(0).list();

        assertThat(models.stream().map(model -> model.get("name").text()))
                .containsExactly("snug-vi", "snug-vi:dynamic-int8");
        double before = variant(models.getFirst()).get("bytes").number();
        double after = variant(models.getLast()).get("bytes").number();
        assertThat(after).isLessThan(before);
        assertThat(variant(models.getLast()).get("precision").text()).isEqualTo("dynamic-int8");
    }

    private static Tree variant(Tree model) {
        return model.get("variants").elements().getFirst();
    }

    @Test
    void aPrecisionThatIsNotThereIsAnErrorThatSaysHowItIsMade() throws Exception {
        Ran ran = shell.run("\"$SNUG\" speak Xin --precision int4 -o a.wav").ended(1);

        assertThat(ran.err()).contains("not installed as int4", "snug quantize snug-vi --to int4");
        assertThat(folder.resolve("a.wav")).doesNotExist();
    }

    @Test
    void whatCannotBeMadeIsRefusedAndNothingIsInstalled() throws Exception {
        Ran again = shell.run("\"$SNUG\" quantize snug-vi:dynamic-int8 --to int8").ended(2);
        Ran same = shell.run("\"$SNUG\" quantize snug-vi --to fp32").ended(2);
        Ran unknown = shell.run("\"$SNUG\" quantize snug-vi --to int9").ended(2);

        assertThat(again.err()).contains("is a variant; make another one of snug-vi");
        assertThat(same.err()).contains("snug models use snug-vi");
        assertThat(unknown.err()).contains("fp32, fp16, int8, int4, dynamic-int8");
        assertThat(shell.run("\"$SNUG\" models --json").ended(0).list()).hasSize(2);
    }

    @Test
    void sentencesDecideWhatStaysWideAndWhatTheRestCostsIsKept() throws Exception {
        Ran ran =
                shell.run(
                                """
                                printf 'Xin chào các bạn.\\nHôm nay trời đẹp.\\n' > sentences.txt
                                "$SNUG" quantize snug-vi --to int4 --calibrate sentences.txt
                                """)
                        .ended(0);
        assertThat(ran.err()).contains("groups of matrices stay as they are");

        List<Tree> models = shell.run("\"$SNUG\" models --json").ended(0).list();
        Tree quality = models.getLast().get("quality");
        assertThat(models.getLast().get("name").text()).isEqualTo("snug-vi:int4");
        assertThat(quality.get("cases").number()).isEqualTo(2);
        assertThat(quality.get("mel_distance_db_median").number()).isBetween(0.05, 1.0);
        assertThat(folder.resolve("home").toFile().list())
                .as("nothing is left of what was tried")
                .noneMatch(name -> name.startsWith(".scratch-"));
    }

    @Test
    void removingTheVariantLeavesTheModel() throws Exception {
        shell.run("\"$SNUG\" models remove snug-vi:dynamic-int8").ended(0);

        assertThat(shell.run("\"$SNUG\" models --json").ended(0).list()).hasSize(1);
        shell.run("\"$SNUG\" speak Xin -o a.wav").ended(0);
    }
}
