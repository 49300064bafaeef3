package dev.snug.speech.text.aloud;

import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Delivery;
import dev.snug.speech.text.DeliveryRules;
import dev.snug.speech.text.FirstChunk;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.Script;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.TextFront;
import dev.snug.speech.text.chunk.Chunker;
import dev.snug.speech.text.chunk.Piece;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Snug's own way from a written text to chunks: read as Vietnamese is said ({@link SpokenText}),
 * cut where a reader breathes ({@link Chunker}), never across a pause, and given to the models as
 * their family wants it ({@link Delivery}).
 */
public final class ReadAloud implements TextFront {
    private final SpokenText reader;
    private final DeliveryRules family;
    private final OptionalDouble firstSeconds;

    public ReadAloud(SpokenText reader, DeliveryRules family) {
        this(reader, family, OptionalDouble.empty());
    }

    /** The same with a first chunk of at most so many seconds, the reference not counted. */
    public ReadAloud(SpokenText reader, DeliveryRules family, OptionalDouble firstSeconds) {
        this.reader = reader;
        this.family = family;
        this.firstSeconds = firstSeconds;
    }

    @Override
    public Script script(Passage passage, Reference reference, Pace pace) {
        SpokenText.Told told = reader.told(passage.text());
        Set<String> unread = new LinkedHashSet<>(told.dropped());
        List<Chunk> chunks = new ArrayList<>();
        int leadMilliseconds = 0;
        for (SpokenText.Run run : told.runs()) {
            if (!run.text().isBlank()) {
                Delivery delivery = family.delivery(reference, pace.times(run.rate()));
                List<Chunk> said = chunks(run.text(), delivery, reference, pace, unread);
                chunks.addAll(
                        chunks.isEmpty() ? FirstChunk.cut(said, delivery, firstSeconds) : said);
            }
            if (chunks.isEmpty()) {
                leadMilliseconds += run.pauseMilliseconds();
            } else {
                chunks.add(chunks.removeLast().behind(run.ends(), run.pauseMilliseconds()));
            }
        }
        return new Script(chunks, List.copyOf(unread), leadMilliseconds);
    }

    /**
     * The chunks of {@code text}, cut where a reader breathes.
     *
     * @param unread gets the characters that are not heard
     * @throws TextException when the reference leaves no room in a chunk
     */
    public static List<Chunk> chunks(
            String text, Delivery delivery, Reference reference, Pace pace, Set<String> unread) {
        double secondsMax = pace.chunkSeconds() - reference.seconds();
        if (secondsMax < pace.minSeconds() || secondsMax <= 0) {
            throw new TextException(
                    ("the reference of %.1f s leaves no room in chunks of %.1f s; raise"
                                    + " --chunk-seconds or take a shorter reference")
                            .formatted(reference.seconds(), pace.chunkSeconds()));
        }
        List<Chunk> chunks = new ArrayList<>();
        Chunker chunker = new Chunker(delivery::seconds, secondsMax);
        for (Piece piece : chunker.pieces(delivery.readable(text))) {
            unread.addAll(delivery.unread(piece.text()));
            chunks.add(delivery.chunk(piece.text()));
        }
        return chunks;
    }
}
