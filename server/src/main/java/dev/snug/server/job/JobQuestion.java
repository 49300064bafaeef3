package dev.snug.server.job;

import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.SpeechQuestion;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What is asked of the files of an order: its {@link JobOrder#question}, as it is worked on. */
public sealed interface JobQuestion {
    /**
     * What is on each of these pictures?
     *
     * @param pictures in the order of their files
     * @param heatMap {@link HeatMapForm#NONE} or {@link HeatMapForm#LAYER}
     * @param explainedClass as {@link dev.snug.server.answer.PictureQuestion} has it, like the rest
     */
    record Pictures(
            List<Picture> pictures,
            HeatMapForm heatMap,
            @Nullable String explainedClass,
            String colours,
            @Nullable String sex,
            @Nullable String location,
            @Nullable Double ageYears,
            boolean isChecked)
            implements JobQuestion {
        public Pictures {
            pictures = List.copyOf(pictures);
        }
    }

    /**
     * A picture of a batch.
     *
     * @param name as its sender calls it, at most {@link #NAME_CHARS_MAX} characters and {@link
     *     #NAME_BYTES_MAX} bytes of UTF-8
     * @param sha256 of its bytes, hexadecimal
     */
    record Picture(String name, String sha256) {
        /** Longest name, in UTF-16 units. */
        public static final int NAME_CHARS_MAX = 200;

        /**
         * Names of a whole batch fit {@link JobOrder#QUESTION_BYTES_MAX}, checksums beside them.
         */
        public static final int NAME_BYTES_MAX = 384;
    }

    /**
     * Have a document spoken.
     *
     * @param document what kind of file it is
     * @param name of the result without its ending, such as {@code book}
     * @param speech everything else; its text is empty, because it is the file
     */
    record Document(Kind document, String name, SpeechQuestion speech) implements JobQuestion {
        /** A kind of file that can be spoken. */
        public enum Kind {
            /** UTF-8, paragraphs between empty lines. */
            TEXT,
            /** CommonMark; its headings begin chapters. */
            MARKDOWN,
            /** EPUB 2 or 3. */
            EPUB
        }
    }
}
