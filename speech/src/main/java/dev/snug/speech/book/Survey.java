package dev.snug.speech.book;

import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.plan.Chunks;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.TextException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a book is cut into, counted once before it is spoken: its text is read and planned part by
 * part, and nothing of a part is kept but numbers.
 */
public final class Survey {
    private static final int MILLISECONDS = 1000;

    private final int[] firstChunks;
    private final long[] firstSamples;
    private final Chunks chunks;
    private final String textSha256;
    private final String scriptSha256;

    private Survey(
            int[] firstChunks,
            long[] firstSamples,
            Chunks chunks,
            String textSha256,
            String scriptSha256) {
        this.firstChunks = firstChunks;
        this.firstSamples = firstSamples;
        this.chunks = chunks;
        this.textSha256 = textSha256;
        this.scriptSha256 = scriptSha256;
    }

    /**
     * Plans all of {@code parts}.
     *
     * @param request of any part
     * @throws TextException when a part cannot be spoken; says which chapter
     */
    static Survey of(Speaker speaker, SpeechRequest request, BookParts parts) {
        MessageDigest text = sha256();
        MessageDigest script = sha256();
        int[] firstChunks = new int[parts.count() + 1];
        long[] firstSamples = new long[parts.count() + 1];
        Chunks all = null;
        for (int part = 0; part < parts.count(); part++) {
            Passage passage = parts.passage(part);
            SpeechPlan plan;
            try {
                plan = speaker.plan(request.part(passage, firstChunks[part]));
            } catch (TextException e) {
                throw parts.in(part, e);
            }
            text.update(passage.text().getBytes(StandardCharsets.UTF_8));
            text.update((byte) 0);
            firstSamples[part + 1] = firstSamples[part] + digested(script, plan);
            Chunks here = Chunks.of(plan);
            firstChunks[part + 1] = firstChunks[part] + here.count();
            all = all == null ? here : all.and(here);
        }
        if (all == null) {
            throw new IllegalArgumentException("a book without a part");
        }
        return new Survey(firstChunks, firstSamples, all, hex(text), hex(script));
    }

    /** Adds what decides the sound of a plan to {@code digest}; the samples that it may take. */
    private static long digested(MessageDigest digest, SpeechPlan plan) {
        int lead = plan.script().leadMilliseconds();
        update(digest, lead);
        long milliseconds = lead;
        long samples = 0;
        for (Chunk chunk : plan.script().chunks()) {
            int[] ids = chunk.tokens().ids();
            update(digest, ids);
            update(
                    digest,
                    chunk.tokens().referenceSize(),
                    chunk.frames(),
                    chunk.isEnd() ? 1 : 0,
                    chunk.pauseMilliseconds());
            milliseconds += chunk.pauseMilliseconds();
            samples += (long) (chunk.frames() - plan.reference().frames()) * Reference.HOP_SAMPLES;
        }
        return samples + milliseconds * Reference.SAMPLE_RATE / MILLISECONDS;
    }

    private static void update(MessageDigest digest, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (1 + numbers.length));
        bytes.putInt(numbers.length);
        bytes.asIntBuffer().put(numbers);
        digest.update(bytes.array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of the whole book. */
    public Chunks chunks() {
        return chunks;
    }

    /** The number of the first chunk of {@code part} in the book, from 0; of the end too. */
    public int firstChunkOf(int part) {
        return firstChunks[part];
    }

    /** The part that {@code chunk} of the book belongs to; behind the last chunk their number. */
    public int partOf(int chunk) {
        int part = 0;
        while (part < firstChunks.length - 1 && firstChunks[part + 1] <= chunk) {
            part++;
        }
        return part;
    }

    /** Samples at 24 kHz that the parts from {@code from} to before {@code to} take at most. */
    public long samples(int from, int to) {
        return firstSamples[to] - firstSamples[from];
    }

    /** Samples that the book takes at most. */
    public long samples() {
        return firstSamples[firstSamples.length - 1];
    }

    String textSha256() {
        return textSha256;
    }

    String scriptSha256() {
        return scriptSha256;
    }
}
