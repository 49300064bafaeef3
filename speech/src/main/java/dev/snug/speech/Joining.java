package dev.snug.speech;

import dev.snug.speech.sound.CosineJoin;
import dev.snug.speech.sound.LinearJoin;
import dev.snug.speech.sound.Pcm;

/** Chunks of sound, -1 to 1, joined as they come into int16 samples that are final. */
interface Joining {
    /** Takes the next chunk and returns the samples that it makes final. */
    short[] add(float[] chunk);

    /** The samples held back; after the last chunk. */
    short[] finish();

    /** The samples held back, which stay held back; int16 values where joined as such. */
    float[] held();

    /** Goes on behind chunks of which {@code held} was held back. */
    void resume(float[] held);

    /** Joined as floats, then rounded. */
    static Joining linear(LinearJoin join) {
        return new Joining() {
            @Override
            public short[] add(float[] chunk) {
                return Pcm.of(join.add(chunk));
            }

            @Override
            public short[] finish() {
                return Pcm.of(join.finish());
            }

            @Override
            public float[] held() {
                return join.held();
            }

            @Override
            public void resume(float[] held) {
                join.resume(held);
            }
        };
    }

    /** Rounded, then joined as int16. */
    static Joining cosine(CosineJoin join) {
        return new Joining() {
            @Override
            public short[] add(float[] chunk) {
                return join.add(Pcm.of(chunk));
            }

            @Override
            public short[] finish() {
                return join.finish();
            }

            @Override
            public float[] held() {
                short[] samples = join.held();
                float[] held = new float[samples.length];
                for (int i = 0; i < held.length; i++) {
                    held[i] = samples[i];
                }
                return held;
            }

            @Override
            public void resume(float[] held) {
                short[] samples = new short[held.length];
                for (int i = 0; i < held.length; i++) {
                    samples[i] = (short) held[i];
                }
                join.resume(samples);
            }
        };
    }
}
