package dev.snug.server.inference;

import dev.snug.runtime.json.Json;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.DecodedAt;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.ModelCard.Named;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureAnswer.Score;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers requests to classifiers: each picture is a question of its own, one after the other. */
final class PictureInference {
    /** Most pictures of a request. */
    static final int PICTURES_MAX = 16;

    /** Most pictures of a request with heat maps: each map is up to 512 KiB on the heap. */
    static final int HEAT_MAPS_MAX = 4;

    /** Words for sex and place on the body. */
    private static final int WORD_CHARS_MAX = 100;

    private final Answering answering;
    private final Path folder;
    private final long pictureBytes;

    /**
     * Asks {@code answering}.
     *
     * @param folder of this run alone, for pictures while they are answered
     * @param pictureBytes most bytes of a picture's file
     */
    PictureInference(Answering answering, Path folder, long pictureBytes) {
        this.answering = answering;
        this.folder = folder;
        this.pictureBytes = pictureBytes;
    }

    /** What a whole request may have: a picture of the largest size takes 4/3 of it in base64. */
    long bodyBytesMax() {
        return 2 * pictureBytes + RequestText.HEAD_BYTES_MAX;
    }

    /** What is told of the patient, by the input's name; of all pictures or of each. */
    private record Told(Map<String, Words> words, @Nullable Figures age) {
        @Nullable String word(String name, int picture) {
            Words given = words.get(name);
            return given == null ? null : of(given.words(), picture);
        }

        @Nullable Double age(int picture) {
            return age == null ? null : (Double) of(age.figures(), picture).doubleValue();
        }

        private static <T> T of(List<T> all, int picture) {
            return all.size() == 1 ? all.getFirst() : all.get(picture);
        }
    }

    /**
     * What a request came to.
     *
     * @param factors by which each picture was reduced before it was looked at; 1 for as it is
     */
    record Answered(List<Output> outputs, List<Integer> factors) {}

    /** Answers a request that was checked; outputs come in the order of {@code wished}. */
    Answered answer(ModelCard card, RequestHead head, RequestText text, Set<String> wished)
            throws IOException, InterruptedException {
        boolean isMapped = wished.contains(Signature.HEAT_MAP);
        int pictures = pictures(head, isMapped);
        try (PictureFiles files = new PictureFiles(folder, pictureBytes)) {
            Told told = take(head, text, files);
            float[] probabilities = new float[pictures * card.classes().size()];
            List<byte[]> maps = new ArrayList<>();
            List<Integer> factors = new ArrayList<>();
            for (int i = 0; i < pictures; i++) {
                PictureAnswer answer =
                        answering.classify(question(card, files.files().get(i), told, i, isMapped));
                put(answer.scores(), card, probabilities, i * card.classes().size());
                factors.add(answer.decodedAt().map(DecodedAt::factor).orElse(1));
                if (isMapped) {
                    maps.add(answer.heatMap().orElse(new byte[0]));
                }
            }
            return new Answered(
                    wished.stream().map(name -> output(name, card, probabilities, maps)).toList(),
                    factors);
        }
    }

    /** Pictures of the request, within the bounds. */
    private static int pictures(RequestHead head, boolean isMapped) {
        long pictures = 0;
        for (RequestHead.Input input : head.inputs()) {
            if (isPicture(input.name())) {
                pictures = input.shape().getFirst();
            }
        }
        int most = isMapped ? HEAT_MAPS_MAX : PICTURES_MAX;
        if (pictures > most) {
            throw Refused.tooLarge(
                    "%d pictures in a request; at most %d are answered at once%s"
                            .formatted(pictures, most, isMapped ? " with heat maps" : ""));
        }
        for (RequestHead.Input input : head.inputs()) {
            long given = input.shape().getFirst();
            if (given != 1 && given != pictures) {
                throw Refused.bad(
                        "input %s has %d elements for %d pictures"
                                .formatted(Json.quoted(input.name()), given, pictures));
            }
        }
        return (int) pictures;
    }

    private static boolean isPicture(String input) {
        return input.equals(Signature.PICTURE) || input.equals(Signature.IMAGE);
    }

    private static Told take(RequestHead head, RequestText text, PictureFiles files)
            throws IOException {
        Map<String, Words> words = new HashMap<>();
        Figures age = null;
        List<Intake> intakes = new ArrayList<>();
        for (RequestHead.Input input : head.inputs()) {
            Intake intake =
                    switch (input.name()) {
                        case Signature.PICTURE -> new EncodedPictures(input, files);
                        case Signature.IMAGE -> new Pixels(input, files);
                        case Signature.AGE -> new Figures(input);
                        default -> new Words(input, WORD_CHARS_MAX);
                    };
            if (intake instanceof Words some) {
                words.put(input.name(), some);
            }
            if (intake instanceof Figures figures) {
                age = figures;
            }
            intakes.add(intake);
        }
        text.data(head.inputs(), intakes, RequestText.HEAD_BYTES_MAX);
        return new Told(words, age);
    }

    private static PictureQuestion question(
            ModelCard card, PictureFile file, Told told, int picture, boolean isMapped) {
        return new PictureQuestion(
                card.name(),
                file.path(),
                file.sha256Text(),
                isMapped ? HeatMapForm.LAYER : HeatMapForm.NONE,
                null,
                null,
                "viridis",
                told.word(Signature.SEX, picture),
                told.word(Signature.LOCATION, picture),
                told.age(picture),
                false);
    }

    /** Scores come likeliest first; tensors have the order of the model. */
    private static void put(List<Score> scores, ModelCard card, float[] values, int at) {
        Map<String, Double> byId = new LinkedHashMap<>();
        scores.forEach(score -> byId.put(score.id(), score.probability()));
        for (Named each : card.classes()) {
            Double probability = byId.get(each.id());
            if (probability == null) {
                throw new IllegalStateException("the answer lacks the class " + each.id());
            }
            values[at++] = probability.floatValue();
        }
    }

    private static Output output(
            String name, ModelCard card, float[] probabilities, List<byte[]> maps) {
        long classes = card.classes().size();
        return switch (name) {
            case Signature.PROBABILITIES ->
                    Output.reals(
                            name, List.of(probabilities.length / classes, classes), probabilities);
            case Signature.CLASSES ->
                    Output.words(
                            name,
                            List.of(classes),
                            card.classes().stream().map(Named::id).toList());
            case Signature.NAMES ->
                    Output.words(
                            name,
                            List.of(classes),
                            card.classes().stream().map(Named::name).toList());
            case Signature.HEAT_MAP -> Output.files(name, List.of((long) maps.size()), maps);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
