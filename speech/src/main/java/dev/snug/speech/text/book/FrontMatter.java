package dev.snug.speech.text.book;

/** The YAML between two lines "---" at the very beginning of a Markdown file; of it the title. */
final class FrontMatter {
    private static final String RULE = "---";
    private static final String TITLE = "title:";

    /** Bytes; what is longer is no front matter. */
    private static final int BYTES_MAX = 16 << 10;

    private boolean isOpen;
    private boolean isRead;
    private String title = "";
    private String last = "";

    /** Whether {@code line} belongs to it. */
    boolean takes(LineScan.Line line) {
        String text = line.text().stripTrailing();
        if (line.from() == 0) {
            isOpen = text.equals(RULE);
            return isOpen;
        }
        if (!isOpen || isRead || line.to() > BYTES_MAX) {
            return false;
        }
        isRead = text.equals(RULE) || text.equals("...");
        last = text;
        if (text.startsWith(TITLE)) {
            title = text.substring(TITLE.length()).strip().replaceAll("^([\"'])(.*)\\1$", "$2");
        }
        return true;
    }

    /** Empty where it says none. */
    String title() {
        return isRead ? title : "";
    }

    /** The beginning of the file without it. */
    String without(String written) {
        if (!isRead) {
            return written;
        }
        int line = written.indexOf('\n');
        while (line >= 0) {
            int end = written.indexOf('\n', line + 1);
            String text = written.substring(line + 1, end < 0 ? written.length() : end);
            if (text.stripTrailing().equals(last)) {
                return end < 0 ? "" : written.substring(end + 1);
            }
            line = end;
        }
        return written;
    }
}
