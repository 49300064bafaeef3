package dev.snug.cli;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What two models are asked: pictures, or sentences.
 *
 * @param cases one at least, in the order in which they are asked
 */
record CompareCases(List<Case> cases) {
    /** Most pictures: an afternoon, and what a table still shows. */
    static final int PICTURES_MAX = 1000;

    /** Most sentences: about an hour with a model of real size. */
    static final int SENTENCES_MAX = 200;

    /** Most characters of a sentence: half a minute of speech. */
    static final int SENTENCE_CHARS_MAX = 500;

    private static final int BYTES_MAX = 1 << 20;
    private static final String CASES = "cases";
    private static final String CASE = "case";
    private static final String CLASS = "class";
    private static final List<String> ENDINGS =
            List.of(".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff");

    CompareCases {
        cases = List.copyOf(cases);
    }

    /**
     * One case.
     *
     * @param text a sentence, or the path of a picture
     * @param explained the class whose heat map is asked for; null for the likeliest
     */
    record Case(String text, @Nullable String explained) {}

    /**
     * The pictures that {@code places} name: files as they are, and of folders every PNG and JPEG
     * file in the order of the names, not those of folders below.
     *
     * @throws UsageException when there is none, or too many
     */
    static CompareCases pictures(List<Path> places) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                cases.addAll(picturesIn(place));
            } else if (Files.exists(place)) {
                cases.add(new Case(place.toAbsolutePath().toString(), null));
            } else {
                throw new UsageException(place + ": no such file or folder");
            }
        }
        requireAtMost("pictures", cases.size(), PICTURES_MAX);
        return new CompareCases(cases);
    }

    private static List<Case> picturesIn(Path folder) throws IOException {
        List<Case> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
                boolean isPicture =
                        !name.startsWith(".") && ENDINGS.stream().anyMatch(name::endsWith);
                if (isPicture && Files.isRegularFile(file)) {
                    found.add(new Case(file.toAbsolutePath().toString(), null));
                }
            }
        }
        if (found.isEmpty()) {
            throw new UsageException(
                    "%s holds no picture: no file that ends in %s"
                            .formatted(folder, String.join(", ", ENDINGS)));
        }
        found.sort((a, b) -> a.text().compareTo(b.text()));
        return found;
    }

    /**
     * The sentences that the one file of {@code places} holds: UTF-8, one a line, blank ones left
     * out.
     *
     * @throws UsageException when there is none, or too many, or one is too long
     */
    static CompareCases sentences(List<Path> places) throws IOException {
        if (places.size() != 1 || Files.isDirectory(places.getFirst())) {
            throw new UsageException(
                    "these models speak: --on takes one text file, a sentence a line");
        }
        Path file = places.getFirst();
        if (!Files.exists(file)) {
            throw new UsageException(file + ": no such file");
        }
        List<Case> cases = new ArrayList<>();
        for (String line : text(file).lines().map(String::strip).toList()) {
            if (line.length() > SENTENCE_CHARS_MAX) {
                throw new UsageException(
                        "%s has a line of %d characters; %d are allowed: cut it into sentences"
                                .formatted(file, line.length(), SENTENCE_CHARS_MAX));
            }
            if (!line.isEmpty()) {
                cases.add(new Case(line, null));
            }
        }
        if (cases.isEmpty()) {
            throw new UsageException(file + " holds no sentence");
        }
        requireAtMost("sentences", cases.size(), SENTENCES_MAX);
        return new CompareCases(cases);
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw new UsageException(
                    "%s holds more than the %d bytes allowed".formatted(file, BYTES_MAX));
        }
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                            .toString();
            // An editor's byte order mark is no part of the text.
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UsageException(file + " is not UTF-8; save it as UTF-8 again");
        }
    }

    private static void requireAtMost(String what, int count, int most) {
        if (count > most) {
            throw new UsageException("%d %s; %d are allowed at once".formatted(count, what, most));
        }
    }

    /** The same cases with heat maps of the classes in {@code explained}, by number from 0. */
    CompareCases explaining(Map<Integer, String> explained) {
        List<Case> same = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            same.add(new Case(cases.get(i).text(), explained.get(i)));
        }
        return new CompareCases(same);
    }

    /** As JSON, for the process that answers. */
    void write(Path file) throws IOException {
        List<Map<String, @Nullable String>> list = new ArrayList<>();
        for (Case one : cases) {
            Map<String, @Nullable String> fields = new LinkedHashMap<>();
            fields.put(CASE, one.text());
            fields.put(CLASS, one.explained());
            list.add(fields);
        }
        Files.write(file, Json.bytes(Map.of(CASES, list)));
    }

    /** What {@link #write} wrote. */
    static CompareCases read(Path file) throws IOException {
        return Fields.read(
                Json.parseObject(Files.readAllBytes(file), file.toString()),
                file.toString(),
                fields ->
                        new CompareCases(
                                fields.list(
                                        CASES,
                                        PICTURES_MAX,
                                        one -> new Case(one.text(CASE), one.textOrNull(CLASS)))));
    }
}
