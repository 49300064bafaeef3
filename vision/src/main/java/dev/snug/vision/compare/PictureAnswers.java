package dev.snug.vision.compare;

import dev.snug.vision.Classification;
import dev.snug.vision.Classifier;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureDecoder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a classifier about pictures so that its answers can be set beside those of another. */
public final class PictureAnswers {
    private final PictureDecoder decoder;
    private final List<Path> pictures;

    /**
     * @param pictures PNG and JPEG files; one is decoded at a time
     */
    public PictureAnswers(PictureDecoder decoder, List<Path> pictures) {
        this.decoder = decoder;
        this.pictures = List.copyOf(pictures);
    }

    /**
     * What {@code classifier} says of each picture of an unknown patient, in their order, with the
     * heat map of the likeliest class where it has been opened with heat maps.
     */
    public List<Classification> of(Classifier classifier) {
        List<Classification> answers = new ArrayList<>();
        for (Path file : pictures) {
            answers.add(answer(classifier, file, Optional.empty()));
        }
        return answers;
    }

    /**
     * How far what {@code classifier} says is from {@code expected}, another one's {@link #of}. Its
     * heat maps are of the classes that {@code expected} finds likeliest.
     */
    public List<CaseDifference> differences(Classifier classifier, List<Classification> expected) {
        List<CaseDifference> differences = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            Classification other = expected.get(i);
            int top = classifier.classNumber(other.top().label().id());
            differences.add(
                    CaseDifference.of(
                            other, answer(classifier, pictures.get(i), Optional.of(top))));
        }
        return differences;
    }

    private Classification answer(Classifier classifier, Path file, Optional<Integer> top) {
        Picture picture = decoder.decode(file);
        return classifier.explains()
                ? classifier.explain(picture, Patient.UNKNOWN, top)
                : classifier.classify(picture, Patient.UNKNOWN);
    }
}
