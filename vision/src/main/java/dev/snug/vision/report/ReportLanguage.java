package dev.snug.vision.report;

import java.util.Locale;

/** A language that reports are written in. */
public enum ReportLanguage {
    EN,
    VI;

    /** BCP 47 tag. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
