package dev.snug.speech.text.normalize;

import dev.snug.speech.text.normalize.rule.SemioticClass;

/** What read what: a piece of the written text, the class that read it, what is said. */
public record Reading(String written, SemioticClass kind, String spoken) {}
