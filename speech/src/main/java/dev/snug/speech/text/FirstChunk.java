package dev.snug.speech.text;

import dev.snug.speech.text.chunk.Chunker;
import dev.snug.speech.text.chunk.Piece;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Cuts the first chunk of a text in two, so that its first sound comes early. Pure. */
public final class FirstChunk {
    private FirstChunk() {}

    /**
     * {@code family} with a first chunk of at most {@code seconds}, the reference not counted;
     * itself where none are given.
     */
    public static TextFront front(FamilyText family, OptionalDouble seconds) {
        if (seconds.isEmpty()) {
            return family;
        }
        return (passage, reference, pace) -> {
            Script script = family.script(passage, reference, pace);
            return new Script(
                    cut(script.chunks(), family.delivery(reference, pace), seconds),
                    script.unread(),
                    script.leadMilliseconds());
        };
    }

    /**
     * {@code chunks} with the first cut where a reader breathes, its pieces of at most {@code
     * seconds} made chunks of their own: the first one, and the rest. As they are where the first
     * is short enough or is one word.
     *
     * @param delivery that made them
     */
    public static List<Chunk> cut(List<Chunk> chunks, Delivery delivery, OptionalDouble seconds) {
        if (seconds.isEmpty() || chunks.isEmpty()) {
            return chunks;
        }
        Chunk first = chunks.getFirst();
        List<Piece> pieces =
                new Chunker(delivery::seconds, seconds.getAsDouble()).pieces(first.text());
        if (pieces.size() < 2) {
            return chunks;
        }
        List<Chunk> cut = new ArrayList<>();
        cut.add(delivery.chunk(pieces.getFirst().text()));
        cut.add(
                delivery.chunk(first.text().substring(pieces.get(1).start()))
                        .behind(first.isEnd(), first.pauseMilliseconds()));
        cut.addAll(chunks.subList(1, chunks.size()));
        return cut;
    }
}
