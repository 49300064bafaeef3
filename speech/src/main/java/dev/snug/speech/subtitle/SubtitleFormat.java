package dev.snug.speech.subtitle;

/**
 * The subtitle files that are written, UTF-8.
 *
 * <p>Sources: W3C, WebVTT: The Web Video Text Tracks Format (Candidate Recommendation), sections
 * 4.1 and 4.2.2; for SubRip what its program writes, there is no specification.
 */
public enum SubtitleFormat {
    /** SubRip: numbered cues, a comma before milliseconds. */
    SRT("srt"),
    /** WebVTT. */
    VTT("vtt");

    private final String ending;

    SubtitleFormat(String ending) {
        this.ending = ending;
    }

    /** The word for it, and how names of its files end. */
    public String word() {
        return ending;
    }

    /** What a file begins with. */
    public String head() {
        return this == VTT ? "WEBVTT\n\n" : "";
    }

    /**
     * One cue with the blank line behind it.
     *
     * @param number of the cue, from 1
     */
    public String block(int number, Cue cue) {
        return switch (this) {
            case SRT ->
                    number
                            + "\n"
                            + Cue.time(cue.start(), ',')
                            + " --> "
                            + Cue.time(cue.end(), ',')
                            + "\n"
                            // An arrow would be taken for times by players that look for it.
                            + cue.text().replace("-->", "—>")
                            + "\n\n";
            case VTT ->
                    Cue.time(cue.start(), '.')
                            + " --> "
                            + Cue.time(cue.end(), '.')
                            + "\n"
                            + escaped(cue.text())
                            + "\n\n";
        };
    }

    /** Cue text as WebVTT has it: ampersands and angle brackets mean something there. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
