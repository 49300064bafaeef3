package dev.snug.server.work;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.PhotoConcern;
import dev.snug.vision.picture.PhotoFinding;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the photo check found, as the one who asks is told. */
final class PhotoRefusal {
    private PhotoRefusal() {}

    /** The refusal of a photo with these {@code findings}, of which there is one or more. */
    static AnswerException of(List<PhotoFinding> findings) {
        return new AnswerException(
                AnswerException.Kind.PHOTO_REFUSED,
                "the photo is not good enough to be asked about: "
                        + findings.stream()
                                .map(PhotoRefusal::words)
                                .collect(Collectors.joining("; "))
                        + ". Take another, or send check=false to have it answered all the same");
    }

    /** The concern's own word first, by which pages know it. */
    private static String words(PhotoFinding finding) {
        String what =
                switch (finding.concern()) {
                    case TOO_SMALL -> "the shorter side has %.0f pixels, the model looks at %.0f";
                    case TOO_DARK -> "%.2f of it is nearly black, %.2f at most may be";
                    case BLURRED -> "its edges have a sharpness of %.4f, at least %.4f is needed";
                    case NOT_SKIN -> "%.2f of it has a colour of skin, at least %.2f should";
                };
        return concern(finding.concern()).word()
                + " ("
                + String.format(Locale.ROOT, what, finding.measured(), finding.threshold())
                + ")";
    }

    static PhotoConcern concern(PhotoFinding.Concern concern) {
        return switch (concern) {
            case TOO_SMALL -> PhotoConcern.TOO_SMALL;
            case TOO_DARK -> PhotoConcern.TOO_DARK;
            case BLURRED -> PhotoConcern.BLURRED;
            case NOT_SKIN -> PhotoConcern.NOT_SKIN;
        };
    }
}
