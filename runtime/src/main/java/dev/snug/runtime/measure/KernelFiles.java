package dev.snug.runtime.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The small text files below a root folder in which Linux tells its state.
 *
 * <p>A file that is missing or cannot be read counts as absent: which files there are depends on
 * the kernel, its options and the container. What a file holds is checked.
 */
final class KernelFiles {
    /** Largest file read; {@code mountinfo} of a machine with a thousand containers fits. */
    static final int MAX_BYTES = 1 << 20;

    /** A number as the kernel writes it: digits, no sign. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private static final Pattern SEPARATORS = Pattern.compile("[:\\s]+");

    private final Path root;

    /** The files below {@code root}, which is {@code /} outside of tests. */
    KernelFiles(Path root) {
        this.root = root;
    }

    /** The path below the root of a file that the kernel calls {@code absolute}. */
    Path path(String absolute) {
        int start = 0;
        while (start < absolute.length() && absolute.charAt(start) == '/') {
            start++;
        }
        return root.resolve(absolute.substring(start));
    }

    boolean isFolder(String absolute) {
        return Files.isDirectory(path(absolute));
    }

    boolean exists(String absolute) {
        return Files.exists(path(absolute));
    }

    /** The names in a folder, sorted, at most {@code most}; none when it is absent. */
    List<String> names(String absolute, int most) {
        try (Stream<Path> entries = Files.list(path(absolute))) {
            return entries.limit(most)
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /** The text of a file, empty when it is absent. */
    Optional<String> text(String absolute) {
        byte[] bytes = read(absolute, MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new MeasureException(
                    path(absolute) + " is larger than the " + MAX_BYTES + " bytes allowed");
        }
        return bytes.length == 0
                ? Optional.empty()
                : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    /** The first {@code limitBytes} bytes of a file as text, empty when it is absent. */
    String start(String absolute, int limitBytes) {
        return new String(read(absolute, limitBytes), StandardCharsets.UTF_8);
    }

    private byte[] read(String absolute, int limitBytes) {
        try (InputStream in = Files.newInputStream(path(absolute))) {
            return in.readNBytes(limitBytes);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** The number that is all of a file; empty when the file is absent or says {@code max}. */
    OptionalLong number(String absolute) {
        Optional<String> text = text(absolute).map(String::strip).filter(t -> !t.equals("max"));
        return text.isPresent()
                ? OptionalLong.of(number(absolute, text.get()))
                : OptionalLong.empty();
    }

    /** {@code digits}, found in a file, as a number from 0 to 2<sup>63</sup> − 1. */
    long number(String absolute, String digits) {
        if (!NUMBER.matcher(digits).matches()) {
            throw malformed(absolute, digits);
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw malformed(absolute, digits);
        }
    }

    /**
     * The lines of a file that are a name and a number: {@code VmRSS: 1688 kB} (in kibibytes, given
     * in bytes here) or {@code inactive_file 65536}. Other lines are left out.
     */
    Map<String, Long> figures(String absolute) {
        Map<String, Long> figures = new LinkedHashMap<>();
        for (String line : text(absolute).orElse("").lines().toList()) {
            String[] words = SEPARATORS.split(line.strip(), 4);
            if (words.length == 3 && words[2].equals("kB")) {
                figures.put(words[0], kibibytes(absolute, words[1]));
            } else if (words.length == 2 && !line.contains(":")) {
                figures.put(words[0], number(absolute, words[1]));
            }
        }
        return figures;
    }

    private long kibibytes(String absolute, String digits) {
        long kibibytes = number(absolute, digits);
        if (kibibytes > Long.MAX_VALUE >> 10) {
            throw malformed(absolute, digits);
        }
        return kibibytes << 10;
    }

    /** The error that {@code found} stands where a number should. */
    MeasureException malformed(String absolute, String found) {
        String shown = found.length() > 40 ? found.substring(0, 40) + "…" : found;
        return new MeasureException(
                path(absolute) + " holds '" + shown + "' where a number was expected");
    }
}
