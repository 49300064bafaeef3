package dev.snug.server.work;

import dev.snug.server.answer.SpeechQuestion;
import dev.snug.speech.text.book.BookFile;

import java.nio.file.Path;

/**
 * A document that is to be spoken into a file.
 *
 * @param file what to say; its name says nothing
 * @param kind what the file is
 * @param workspace private folder in which the sound grows; what an earlier question put there is
 *     gone on with
 * @param title of the sound where the document has none
 * @param speech all the rest; its text is empty
 */
public record BookQuestion(
        Path file, BookFile kind, Path workspace, String title, SpeechQuestion speech) {}
