package dev.snug.speech.text.normalize;

import dev.snug.speech.text.normalize.rule.SemioticClass;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** A growing list of spans, 20 bytes each: a long text has as many as words. */
final class Spans extends AbstractList<Span> implements RandomAccess {
    private static final int NUMBERS = 4;
    private static final int BLOCK_SPANS = 4096;
    private static final int FIRST_BLOCK_SPANS = 16;

    private final List<Block> blocks = new ArrayList<>();
    private int count;

    private static final class Block {
        private int[] numbers;
        private SemioticClass[] kinds;

        Block(int spans) {
            numbers = new int[spans * NUMBERS];
            kinds = new SemioticClass[spans];
        }

        void lengthen() {
            int spans = Math.min(kinds.length * 4, BLOCK_SPANS);
            numbers = Arrays.copyOf(numbers, spans * NUMBERS);
            kinds = Arrays.copyOf(kinds, spans);
        }
    }

    void add(int writtenFrom, int writtenTo, int spokenFrom, int spokenTo, SemioticClass kind) {
        if (count == blocks.size() * BLOCK_SPANS) {
            blocks.add(new Block(count == 0 ? FIRST_BLOCK_SPANS : BLOCK_SPANS));
        }
        int slot = count % BLOCK_SPANS;
        Block block = blocks.getLast();
        if (slot == block.kinds.length) {
            block.lengthen();
        }
        int at = slot * NUMBERS;
        block.numbers[at] = writtenFrom;
        block.numbers[at + 1] = writtenTo;
        block.numbers[at + 2] = spokenFrom;
        block.numbers[at + 3] = spokenTo;
        block.kinds[slot] = kind;
        count++;
    }

    @Override
    public Span get(int index) {
        Objects.checkIndex(index, count);
        Block block = blocks.get(index / BLOCK_SPANS);
        int slot = index % BLOCK_SPANS;
        int[] numbers = block.numbers;
        int at = slot * NUMBERS;
        return new Span(
                numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3], block.kinds[slot]);
    }

    @Override
    public int size() {
        return count;
    }
}
