package dev.snug.speech.text.normalize;

import dev.snug.speech.text.normalize.rule.SemioticClass;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** A growing list of spans, 20 bytes each: a long text has as many as words. */
final class Spans extends AbstractList<Span> implements RandomAccess {
    private static final int NUMBERS = 5;
    private static final int BLOCK_SPANS = 4096;
    private static final SemioticClass[] KINDS = SemioticClass.values();

    private final List<int[]> blocks = new ArrayList<>();
    private int count;

    void add(int writtenFrom, int writtenTo, int spokenFrom, int spokenTo, SemioticClass kind) {
        if (count == blocks.size() * BLOCK_SPANS) {
            blocks.add(new int[(count == 0 ? 16 : BLOCK_SPANS) * NUMBERS]);
        }
        int[] block = blocks.getLast();
        int at = count % BLOCK_SPANS * NUMBERS;
        if (at == block.length) {
            block = java.util.Arrays.copyOf(block, Math.min(at * 4, BLOCK_SPANS * NUMBERS));
            blocks.set(blocks.size() - 1, block);
        }
        block[at] = writtenFrom;
        block[at + 1] = writtenTo;
        block[at + 2] = spokenFrom;
        block[at + 3] = spokenTo;
        block[at + 4] = kind.ordinal();
        count++;
    }

    @Override
    public Span get(int index) {
        Objects.checkIndex(index, count);
        int[] block = blocks.get(index / BLOCK_SPANS);
        int at = index % BLOCK_SPANS * NUMBERS;
        return new Span(
                block[at], block[at + 1], block[at + 2], block[at + 3], KINDS[block[at + 4]]);
    }

    @Override
    public int size() {
        return count;
    }
}
