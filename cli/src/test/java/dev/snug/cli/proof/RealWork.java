package dev.snug.cli.proof;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.Compat;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.Rules;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.VoiceSample;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.sound.Noise;
import dev.snug.speech.text.Passage;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.VoiceBook;
import dev.snug.vision.Classification;
import dev.snug.vision.Classifier;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.ClassifierSettings;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What both applications do, from the classes that the commands use, with models at hand. */
final class RealWork {
    /** The checkout. */
    static final Path ROOT =
            Path.of(System.getProperty("snug.root", "..")).toAbsolutePath().normalize();

    /** The voice that ships with Snug. */
    static final Path VOICE_MODEL = ROOT.resolve("models/snug-vi");

    /** The name under which {@link #install} puts the small classifier. */
    static final String CLASSIFIER = "tiny";

    /** Picture sides of the small classifier, in pixels. */
    static final List<Integer> SIDES = List.of(96, 192, 320);

    private static final Path GOLDEN =
            ROOT.resolve("vision/src/test/resources/golden/keras-vision");
    private static final long SEED = 9527;

    private RealWork() {}

    /** A speaker of the shipped voice. */
    static Speaker speaker(SessionSettings session) throws IOException {
        Bundle bundle = Bundle.open(VOICE_MODEL);
        return Speaker.open(bundle, settings(bundle), session, NetworksOpening.BY_FAMILY);
    }

    private static SpeechSettings settings(Bundle bundle) {
        return SpeechSettings.parse(bundle.manifest().settings(), "the shipped voice");
    }

    /** What the shipped voice is to say, with its defaults. */
    static SpeechRequest request(String text) throws IOException {
        Bundle bundle = Bundle.open(VOICE_MODEL);
        ListedVoice voice = VoiceBook.ofModel(bundle, settings(bundle)).getFirst();
        return SpeechRequest.plain(
                Passage.composed(text),
                new VoiceSample(
                        voice.name(),
                        ReferenceAudio.of(voice),
                        Passage.composed(voice.voice().text().text())),
                Rules.of(Compat.NONE, settings(bundle).family()),
                new Noise(SEED)::values);
    }

    /** The samples of {@code text}, int16, big end first. */
    static byte[] spoken(String text, SessionSettings session) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream samples = new DataOutputStream(bytes);
        speaker(session)
                .speak(
                        request(text),
                        part -> {
                            for (short sample : part) {
                                samples.writeShort(sample);
                            }
                        });
        return bytes.toByteArray();
    }

    /** Installs the small classifier into {@code home}. */
    static void install(Path home) {
        ClassifierImport.run(
                new ClassifierImport.Request(
                        GOLDEN.resolve("tiny_efficientnetv2.keras"),
                        CLASSIFIER,
                        "golden",
                        null,
                        SIDES,
                        ClassifierSettings.DEFAULT),
                new BundleStore(home),
                "proof",
                _ -> {});
    }

    /** Loads, answers one picture with a heat map, unloads: scores and map, float by float. */
    static byte[] explained(Path home, String model) throws IOException {
        try (Classifier classifier =
                Classifier.open(
                        new BundleStore(home),
                        model,
                        new Classifier.Options(true, null, 1),
                        _ -> {})) {
            Classification answer =
                    classifier.explain(
                            PictureDecoder.within(PictureLimits.DEFAULT)
                                    .decode(GOLDEN.resolve("picture_2.png")),
                            Patient.UNKNOWN,
                            Optional.empty());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream numbers = new DataOutputStream(bytes);
            for (var score : answer.scores()) {
                numbers.writeDouble(score.probability());
            }
            HeatMap map = Objects.requireNonNull(answer.heatMap());
            for (float value : map.values()) {
                numbers.writeFloat(value);
            }
            return bytes.toByteArray();
        }
    }
}
