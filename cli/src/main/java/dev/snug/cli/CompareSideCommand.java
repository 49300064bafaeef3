package dev.snug.cli;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.limit.MemoryFacts;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.speech.bundle.SpeechSettings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One of the two processes that {@code snug compare} starts: it answers all cases with one model
 * and writes what it found into a folder. What a case takes is counted here, because the peak of a
 * process is only told of a whole one.
 */
@Command(
        name = "compare-side",
        hidden = true,
        description = "Answer the cases of `snug compare` with one model.")
final class CompareSideCommand implements Callable<Integer> {
    @ParentCommand private Main main;

    @Parameters(paramLabel = "MODEL", description = "An installed model.")
    private String model;

    @Option(names = "--cases", required = true, description = "What is asked.")
    private Path cases;

    @Option(names = "--into", required = true, description = "Folder for answers.")
    private Path into;

    @Mixin private CompareOptions options = new CompareOptions();

    @Mixin private MemoryLogOptions memoryLog = new MemoryLogOptions();

    @Override
    public Integer call() throws IOException {
        Surroundings surroundings = main.surroundings();
        CompareCases asked = CompareCases.read(cases);
        Files.createDirectories(into);
        MemoryLimit limit =
                MemoryLimit.decide(
                        Optional.empty(),
                        Optional.ofNullable(surroundings.variable(MemoryLimit.VARIABLE)),
                        MemoryFacts.ofThisMachine());
        BundleStore store = surroundings.store();
        String kind = store.open(model).manifest().kind();
        try (Running running =
                        memoryLog.begin(surroundings, "compare", model, limit.bytes(), null);
                AnswerLines lines = AnswerLines.create(into)) {
            if (kind.equals(SpeechSettings.KIND)) {
                new SpeechSide(main, model, options, limit, into).answer(asked, lines, running);
            } else {
                new PictureSide(store, model, options, limit, into).answer(asked, lines, running);
            }
        }
        return ExitCode.OK;
    }
}
