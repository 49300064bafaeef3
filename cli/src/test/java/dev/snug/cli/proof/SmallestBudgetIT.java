package dev.snug.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The smallest budget that a plan names is enough under the same hard limit, for models of four
 * sizes; 15 % less is refused before anything is loaded. The oracle is the kernel, and the answer
 * without a limit, byte by byte. {@code bench/run proofs} does the same at full size.
 */
final class SmallestBudgetIT {
    private static final Path SPEECH = RealWork.ROOT.resolve("speech/src/test/resources/golden");
    private static final double LESS = 0.85;
    private static final double MIB = 1 << 20;

    @TempDir private Path folder;

    @Test
    void theSmallVoiceEndsAtItsSmallestBudget() throws Exception {
        provesItself(
                Command.in(folder),
                List.of("speak", "Xin chào các bạn.", "-m", "snug-vi"),
                "a.wav");
    }

    @Test
    void anArchiveEndsAtItsSmallestBudget() throws Exception {
        Command command = Command.in(folder);
        imported(command, SPEECH.resolve("vietvoice.tar"), "archive");
        provesItself(
                command,
                List.of("speak", "Xin chào các bạn.", "-m", "archive", "--steps=7"),
                "b.wav");
    }

    @Test
    void aClassifierEndsAtItsSmallestBudget() throws Exception {
        Command command = Command.in(folder);
        RealWork.install(command.home());
        provesItself(command, explained(RealWork.CLASSIFIER), "c.png");
    }

    @Test
    void aClassifierOfFullSizeEndsAtItsSmallestBudget() throws Exception {
        Command command = Command.in(folder);
        Command.Limited made = command.run(List.of("synth-model", "efficientnetv2-s", "large"));
        assertThat(made.exitCode()).as(made.err()).isZero();
        provesItself(command, explained("large"), "d.png");
    }

    private List<String> explained(String model) throws Exception {
        Path photo = folder.resolve("photo.jpg");
        RandomJobs.write(photo, "jpg", 1200, 900);
        return List.of("classify", photo.toString(), "-m", model, "--explain");
    }

    private static void imported(Command command, Path file, String name) throws Exception {
        Command.Limited run = command.run(List.of("import", file.toString(), "--name", name));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private void provesItself(Command command, List<String> job, String answer) throws Exception {
        List<String> line = Command.with(job, "-o", answer);
        // Without a limit first: a classifier's weights are laid out once.
        assertThat(command.run(line).exitCode()).isZero();
        byte[] expected = Files.readAllBytes(folder.resolve(answer));
        Files.delete(folder.resolve(answer));
        long smallest = command.smallestBytes(line);

        Command.Limited refused = command.runPlanned((long) (smallest * LESS), line);
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        assertThat(refused.oomKills()).isZero();
        assertThat(refused.err()).contains("--memory " + (smallest >> 20) + "MiB");
        assertThat(folder.resolve(answer)).doesNotExist();

        Command.Limited run = command.runPlanned(smallest, line);
        System.out.printf(
                "proof: %s at %.0f MiB: exit %d, charged %.0f MiB, %.2f CPU s%n",
                job, smallest / MIB, run.exitCode(), run.peakBytes() / MIB, run.cpuSeconds());
        assertThat(run.oomKills()).isZero();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readAllBytes(folder.resolve(answer))).isEqualTo(expected);
    }
}
