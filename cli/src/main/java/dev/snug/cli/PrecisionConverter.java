package dev.snug.cli;

import dev.snug.onnx.quantize.Precision;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** A precision by its word. */
final class PrecisionConverter implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String value) {
        return Precision.of(value)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is none of %s".formatted(value, words())));
    }

    private static String words() {
        return Arrays.stream(Precision.values())
                .map(Precision::word)
                .collect(Collectors.joining(", "));
    }

    /** For completion in a shell. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(words().split(", ")).iterator();
        }
    }
}
