package dev.snug.runtime.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The computer that Snug runs on.
 *
 * @param architecture {@code x86_64}, {@code aarch64}, or what Java calls it
 * @param cpuModel the processor's name for people, {@code unknown} where it is not told
 * @param cores processors that this process may use, ≥ 1; the JVM counts the control group's quota
 * @param instructionSet its vector instructions
 * @param physicalBytes memory of the machine, whatever the control group allows
 * @param availableBytes memory that can be used without swapping, as the kernel estimates it
 */
public record Machine(
        String architecture,
        String cpuModel,
        int cores,
        InstructionSet instructionSet,
        OptionalLong physicalBytes,
        OptionalLong availableBytes) {

    /** One processor's entry takes 2 to 5 KB; machines with hundreds list them all. */
    private static final int MAX_CPUINFO_BYTES = 64 << 10;

    /** Reads the machine; {@code osArch} and {@code cores} are what the JVM says of it. */
    static Machine read(KernelFiles files, String osArch, int cores) {
        String architecture =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64", "x86-64" -> "x86_64";
                    case "aarch64", "arm64" -> "aarch64";
                    default -> osArch;
                };
        Map<String, String> processor = firstProcessor(files);
        Map<String, Long> memory = files.figures("/proc/meminfo");
        return new Machine(
                architecture,
                processor.getOrDefault("model name", "unknown"),
                cores,
                instructionSet(architecture, processor),
                bytes(memory, "MemTotal"),
                bytes(memory, "MemAvailable"));
    }

    private static InstructionSet instructionSet(
            String architecture, Map<String, String> processor) {
        return switch (architecture) {
            case "x86_64" ->
                    InstructionSet.ofX86Flags(
                            Set.copyOf(List.of(processor.getOrDefault("flags", "").split("\\s+"))));
            // Part of every AArch64 processor that runs Linux or macOS.
            case "aarch64" -> InstructionSet.NEON;
            default -> InstructionSet.UNKNOWN;
        };
    }

    /** The lines of the first processor by name; the others are alike. */
    private static Map<String, String> firstProcessor(KernelFiles files) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : files.start("/proc/cpuinfo", MAX_CPUINFO_BYTES).lines().toList()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                break;
            }
            values.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return values;
    }

    private static OptionalLong bytes(Map<String, Long> memory, String key) {
        Long bytes = memory.get(key);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
    }
}
