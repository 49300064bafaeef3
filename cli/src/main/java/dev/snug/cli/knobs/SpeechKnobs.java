package dev.snug.cli.knobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The settings of the guide to VietVoice-TTS in little memory, each alone and all together.
 *
 * @param model what is measured
 * @param seconds of the default chunk, recording included
 * @param referenceSeconds of the voice's recording
 * @param steps that the model takes unless told otherwise
 */
public record SpeechKnobs(
        Variants model, double seconds, double referenceSeconds, int steps, boolean hasSharedMemory)
        implements Knobs {
    /** NFE steps that the guide offers. */
    public static final List<Integer> STEPS = List.of(32, 24, 20, 16, 12, 8);

    /** Seconds of a chunk that the guide offers. */
    public static final List<Integer> CHUNK_SECONDS = List.of(15, 12, 10, 8, 6, 5, 4);

    /** What the original does unless told otherwise. */
    static final double ORIGINAL_SECONDS = 15;

    /** The guide's choice of each. */
    static final double GUIDE_SECONDS = 8;

    static final int GUIDE_STEPS = 16;
    private static final int ORIGINAL_STEPS = 32;

    /** Fewest seconds that are left for speech beside the recording. */
    private static final double SPEECH_SECONDS_MIN = 1;

    @Override
    public Job job() {
        return Job.speaking(model.name(), seconds);
    }

    @Override
    public List<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        all.add(Setting.standing(Knob.DEFAULT, "", job()));
        STEPS.forEach(count -> all.add(steps(count)));
        CHUNK_SECONDS.forEach(each -> all.add(chunk(each)));
        all.add(Setting.of(Knob.ARENA, "on", new Way.Run(job().with("--arena=on"))));
        all.add(
                Setting.of(
                        Knob.ARENA,
                        "off",
                        new Way.Run(job().with("--arena=off")),
                        Claim.LESS_MEMORY));
        for (int count : EngineKnobs.THREADS) {
            Way way = new Way.Run(job().with("--threads=" + count));
            Claim[] claims = count == 1 ? new Claim[] {Claim.LESS_MEMORY} : new Claim[0];
            all.add(Setting.of(Knob.INTRA_OP_THREADS, "" + count, way, claims));
        }
        all.addAll(EngineKnobs.afterThreads(job()));
        all.addAll(model.settings(job(), Claim.LESS_MEMORY));
        all.addAll(EngineKnobs.around(job(), hasSharedMemory));
        all.add(together());
        return all;
    }

    private Setting steps(int count) {
        List<Claim> claims = new ArrayList<>();
        if (count < ORIGINAL_STEPS) {
            claims.add(Claim.LESS_MEMORY);
        }
        if (count == GUIDE_STEPS) {
            claims.add(Claim.STEPS_QUALITY);
        }
        Way way = new Way.Run(job(), OptionalInt.of(count));
        Setting setting = Setting.of(Knob.STEPS, "" + count, way, claims.toArray(Claim[]::new));
        return count == steps ? setting.asDefault() : setting;
    }

    private Setting chunk(int length) {
        if (length == seconds) {
            return Setting.standing(Knob.CHUNK_SECONDS, "" + length, job());
        }
        Claim[] claims = length < seconds ? new Claim[] {Claim.LESS_MEMORY} : new Claim[0];
        if (length < referenceSeconds + SPEECH_SECONDS_MIN) {
            String recording = String.format(Locale.ROOT, "%.1f", referenceSeconds);
            Way told = new Way.Told("reason_chunk", List.of(recording), true);
            return Setting.of(Knob.CHUNK_SECONDS, "" + length, told, claims);
        }
        return Setting.of(
                Knob.CHUNK_SECONDS, "" + length, new Way.Run(job().ofSeconds(length)), claims);
    }

    /** Beside what the original does unless told otherwise: longer chunks. */
    private Setting together() {
        boolean fits = GUIDE_SECONDS >= referenceSeconds + SPEECH_SECONDS_MIN;
        Job all =
                job().ofSeconds(fits ? GUIDE_SECONDS : seconds)
                        .with("--arena=off")
                        .with("--threads=1")
                        .with("--inter-op-threads=1")
                        .with("--optimization=basic");
        Job stored = model.fp16().map(all::ofModel).orElse(all);
        int count = Math.min(GUIDE_STEPS, steps);
        return Setting.of(
                        Knob.TOGETHER,
                        "",
                        new Way.Run(
                                hasSharedMemory ? stored.inMemory() : stored,
                                OptionalInt.of(count)),
                        Claim.SPEECH_MEMORY,
                        Claim.SPEECH_SECONDS)
                .against(job().ofSeconds(Math.max(ORIGINAL_SECONDS, seconds)));
    }

    @Override
    public JobFigures same(JobFigures figures, Job done) {
        double generated = done.chunkSeconds() - referenceSeconds;
        return figures.repeated((seconds - referenceSeconds) / generated);
    }
}
