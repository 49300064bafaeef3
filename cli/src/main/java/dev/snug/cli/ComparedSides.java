package dev.snug.cli;

import dev.snug.cli.compare.Comparison;
import dev.snug.cli.compare.FailedCase;
import dev.snug.cli.compare.PictureCase;
import dev.snug.cli.compare.SpeechCase;
import dev.snug.speech.variant.MelDistance;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two models' answers to the same cases, brought together. */
record ComparedSides(CompareCases cases, SideRun a, SideRun b) {
    /** The likeliest class of each picture that {@code a} answered, by number from 0. */
    static Map<Integer, String> topClasses(SideRun a) {
        Map<Integer, String> classes = new HashMap<>();
        for (int i = 0; i < a.answers().size(); i++) {
            if (a.error(i) == null) {
                classes.put(i, a.picture(i).found().top().label().id());
            }
        }
        return classes;
    }

    Comparison.Pictures pictures() {
        List<PictureCase> both = new ArrayList<>();
        List<FailedCase> failed = new ArrayList<>();
        for (int i = 0; i < cases.cases().size(); i++) {
            Path file = Path.of(cases.cases().get(i).text());
            String name = String.valueOf(file.getFileName());
            String error = error(i);
            if (error != null) {
                failed.add(new FailedCase(i + 1, name, error));
            } else {
                both.add(PictureCase.of(i + 1, name, a.picture(i), b.picture(i)));
            }
        }
        return new Comparison.Pictures(a.side(), b.side(), both, failed);
    }

    Comparison.Speech speech() throws IOException {
        List<SpeechCase> both = new ArrayList<>();
        List<FailedCase> failed = new ArrayList<>();
        for (int i = 0; i < cases.cases().size(); i++) {
            String text = cases.cases().get(i).text();
            String error = error(i);
            if (error != null) {
                failed.add(new FailedCase(i + 1, text, error));
            } else {
                both.add(
                        new SpeechCase(
                                i + 1,
                                text,
                                a.speech(i),
                                b.speech(i),
                                MelDistance.decibels(a.files().readMel(i), b.files().readMel(i))));
            }
        }
        return new Comparison.Speech(a.side(), b.side(), both, failed);
    }

    private @Nullable String error(int number) {
        String ofA = a.error(number);
        String ofB = b.error(number);
        if (ofA == null) {
            return ofB == null ? null : b.side().model() + ": " + ofB;
        }
        return ofA.equals(ofB) ? ofA : a.side().model() + ": " + ofA;
    }
}
