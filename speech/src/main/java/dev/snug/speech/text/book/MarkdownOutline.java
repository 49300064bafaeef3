package dev.snug.speech.text.book;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The chapters of Markdown: the headings of the highest level that has two or more; a single
 * heading above them is the book's title.
 */
final class MarkdownOutline implements Outline {
    private static final int LEVELS = 6;

    /** Bytes of link definitions that are kept; texts without links need none. */
    private static final int DEFINITION_CHARS_MAX = 64 << 10;

    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,}).*");
    private static final Pattern ATX =
            Pattern.compile(" {0,3}(#{1,6})(?:[ \\t]+(.*?))?(?:[ \\t]+#+)?[ \\t]*");
    private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(=+|-+)[ \\t]*");
    private static final Pattern NO_TITLE =
            Pattern.compile("\\s*(?:[-+*>|#=]|[0-9]+[.)]).*|\\s{4}.*");
    private static final Pattern DEFINITION = Pattern.compile(" {0,3}(\\[[^\\]\\^][^\\]]*]):.*");

    private record Heading(long from, String title, int level) {}

    private final List<Heading> headings = new ArrayList<>();
    private final StringBuilder definitions = new StringBuilder();
    private final FrontMatter frontMatter = new FrontMatter();
    private String fence = "";
    private LineScan.@Nullable Line before;

    @Override
    public void see(LineScan.Line line) {
        if (frontMatter.takes(line)) {
            return;
        }
        String text = line.text();
        Matcher fences = FENCE.matcher(text);
        if (fences.matches()) {
            String marks = fences.group(1);
            if (fence.isEmpty()) {
                fence = marks;
            } else if (marks.startsWith(fence) && text.strip().equals(marks)) {
                fence = "";
            }
            before = null;
            return;
        }
        if (fence.isEmpty()) {
            seeText(line);
        }
    }

    private void seeText(LineScan.Line line) {
        String text = line.text();
        Matcher atx = ATX.matcher(text);
        Matcher underline = UNDERLINE.matcher(text);
        LineScan.Line above = before;
        before = line.isBlank() ? null : line;
        if (atx.matches()) {
            add(line.from(), atx.group(2) == null ? "" : atx.group(2), atx.group(1).length());
            before = null;
        } else if (underline.matches() && above != null && !isOther(above.text())) {
            add(above.from(), above.text(), underline.group(1).startsWith("=") ? 1 : 2);
            before = null;
        } else {
            Matcher definition = DEFINITION.matcher(text);
            if (definition.matches() && definitions.length() < DEFINITION_CHARS_MAX) {
                definitions.append(definition.group(1)).append(": #\n");
            }
        }
    }

    /** Whether a line is no paragraph, so that what underlines it is a rule. */
    private static boolean isOther(String text) {
        return NO_TITLE.matcher(text).matches();
    }

    private void add(long from, String title, int level) {
        if (headings.size() == Book.CHAPTERS_MAX) {
            throw new BookException(
                    "the text has more than %d headings".formatted(Book.CHAPTERS_MAX));
        }
        headings.add(new Heading(from, MarkdownText.of(title).strip(), level));
    }

    @Override
    public List<Border> borders() {
        int level = level();
        return headings.stream()
                .filter(heading -> heading.level() <= level)
                .map(heading -> new Border(heading.from(), heading.title()))
                .toList();
    }

    /** The highest level that has two headings; 0 where none has. */
    private int level() {
        for (int level = 1; level <= LEVELS; level++) {
            if (count(level) > 1) {
                return level;
            }
        }
        return 0;
    }

    private long count(int level) {
        return headings.stream().filter(heading -> heading.level() == level).count();
    }

    @Override
    public String title() {
        if (!frontMatter.title().isEmpty()) {
            return frontMatter.title();
        }
        boolean isTitled =
                !headings.isEmpty() && headings.getFirst().level() < Math.max(2, level());
        return isTitled && count(headings.getFirst().level()) == 1
                ? headings.getFirst().title()
                : "";
    }

    @Override
    public String aloud(String written, boolean isFirst) {
        String text = isFirst ? frontMatter.without(written) : written;
        return MarkdownText.of(definitions.isEmpty() ? text : text + "\n\n" + definitions);
    }
}
