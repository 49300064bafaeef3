package dev.snug.speech.text.normalize;

import dev.snug.speech.text.normalize.rule.SemioticClass;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * A growing list of spans, about six bytes each, because a long text has as many as words: the
 * steps from one to the next, seven bits a byte, in blocks that each begin from nothing.
 */
final class Spans extends AbstractList<Span> implements RandomAccess {
    private static final int BLOCK_SPANS = 32;

    /** Four numbers of up to five bytes and the class. */
    private static final int SPAN_BYTES_MAX = 21;

    private static final List<SemioticClass> KINDS = List.of(SemioticClass.values());
    private static final Map<SemioticClass, Integer> NUMBERS = new EnumMap<>(SemioticClass.class);

    static {
        KINDS.forEach(kind -> NUMBERS.put(kind, KINDS.indexOf(kind)));
    }

    private final List<byte[]> blocks = new ArrayList<>();
    private final byte[] block = new byte[BLOCK_SPANS * SPAN_BYTES_MAX];
    private int used;
    private int count;
    private int lastWritten;
    private int lastSpoken;

    void add(int writtenFrom, int writtenTo, int spokenFrom, int spokenTo, SemioticClass kind) {
        put(writtenFrom - lastWritten);
        put(writtenTo - writtenFrom);
        put(spokenFrom - lastSpoken);
        put(spokenTo - spokenFrom);
        block[used++] = NUMBERS.getOrDefault(kind, 0).byteValue();
        lastWritten = writtenFrom;
        lastSpoken = spokenFrom;
        if (++count % BLOCK_SPANS == 0) {
            blocks.add(Arrays.copyOf(block, used));
            used = 0;
            lastWritten = 0;
            lastSpoken = 0;
        }
    }

    private void put(int number) {
        int rest = number;
        while (rest >= 0x80) {
            block[used++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        block[used++] = (byte) rest;
    }

    @Override
    public Span get(int index) {
        Objects.checkIndex(index, count);
        int number = index / BLOCK_SPANS;
        Steps steps = new Steps(number < blocks.size() ? blocks.get(number) : block);
        Span span = steps.next();
        for (int i = index % BLOCK_SPANS; i > 0; i--) {
            span = steps.next();
        }
        return span;
    }

    @Override
    public int size() {
        return count;
    }

    /** Reads the spans of one block one after the other. */
    private static final class Steps {
        private final byte[] bytes;
        private int at;
        private int written;
        private int spoken;

        Steps(byte[] bytes) {
            this.bytes = bytes;
        }

        Span next() {
            written += number();
            int writtenTo = written + number();
            spoken += number();
            int spokenTo = spoken + number();
            return new Span(written, writtenTo, spoken, spokenTo, KINDS.get(bytes[at++]));
        }

        private int number() {
            int number = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[at++];
                number |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return number;
                }
            }
        }
    }
}
