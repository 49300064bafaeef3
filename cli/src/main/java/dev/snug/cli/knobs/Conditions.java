package dev.snug.cli.knobs;

import java.time.LocalDate;

/**
 * Under which conditions a report was measured.
 *
 * @param program with its version
 * @param cpu the processor's name
 * @param instructionSet that the engine uses of it
 * @param cores that may be used
 * @param memoryBytes of the machine; 0 where it is not told
 * @param load processes that wanted a core over the minute before the start; negative where it is
 *     not told
 * @param java version of the JDK
 * @param engine version of ONNX Runtime
 */
public record Conditions(
        LocalDate date,
        String program,
        String cpu,
        String instructionSet,
        int cores,
        long memoryBytes,
        double load,
        String java,
        String engine) {
    String sentence(Language language) {
        return language.text(
                "conditions",
                date,
                program,
                cpu,
                instructionSet,
                cores,
                memoryBytes == 0 ? "?" : language.number(memoryBytes / (double) (1 << 30), 1),
                load < 0 ? "?" : language.number(load, 1),
                java,
                engine);
    }
}
