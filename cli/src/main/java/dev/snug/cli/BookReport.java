package dev.snug.cli;

import dev.snug.speech.book.PlannedBook;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.book.Book;

import tools.jackson.core.JsonGenerator;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What a book would be, chapter by chapter: lines for people or one JSON object. */
record BookReport(PlannedBook book, SpeakReport report) {
    /** Titles of chapters are shown as they are. */
    void planned(Surroundings surroundings, boolean isJson) {
        if (isJson) {
            JsonLines.write(surroundings.out(), this::write);
        } else {
            printChapters(surroundings.out());
            surroundings.show(this::printSum);
        }
    }

    private void printChapters(PrintStream out) {
        List<Book.Chapter> chapters = book.parts().book().chapters();
        for (int i = 0; i < chapters.size(); i++) {
            out.printf(
                    Locale.ROOT,
                    "%4d  %5d chunks  about %7.1f s  %s%n",
                    i + 1,
                    chunks(i),
                    seconds(i),
                    chapters.get(i).title());
        }
    }

    private void printSum(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d chapters, %d chunks, about %s of speech%n",
                book.parts().book().chapters().size(),
                book.survey().chunks().count(),
                SpeakProgress.time(book.survey().samples() / (double) Reference.SAMPLE_RATE));
        out.println(report.memory().line());
    }

    private void write(JsonGenerator json) {
        Book told = book.parts().book();
        json.writeStringProperty("model", report.model());
        json.writeStringProperty("voice", report.voice());
        json.writeNumberProperty("seed", report.seed());
        json.writeStringProperty("title", told.title());
        json.writeStringProperty("author", told.author());
        json.writeStringProperty("language", told.language());
        json.writeArrayPropertyStart("chapters");
        for (int i = 0; i < told.chapters().size(); i++) {
            json.writeStartObject();
            json.writeStringProperty("title", told.chapters().get(i).title());
            json.writeNumberProperty("chunks", chunks(i));
            json.writeNumberProperty("seconds", seconds(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("chunks", book.survey().chunks().count());
        json.writeNumberProperty(
                "seconds", book.survey().samples() / (double) Reference.SAMPLE_RATE);
        json.writeName("memory");
        json.writeStartObject();
        report.memory().write(json);
        json.writeEndObject();
    }

    private int chunks(int chapter) {
        return book.survey().firstChunkOf(book.parts().firstOf(chapter + 1))
                - book.survey().firstChunkOf(book.parts().firstOf(chapter));
    }

    private double seconds(int chapter) {
        return book.survey()
                        .samples(book.parts().firstOf(chapter), book.parts().firstOf(chapter + 1))
                / (double) Reference.SAMPLE_RATE;
    }
}
