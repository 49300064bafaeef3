package dev.snug.speech.text.book;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The chapters of plain text: lines behind a blank one such as "Chương 1", "PHẦN HAI: Mùa đông",
 * "Chapter IV" or "Lời nói đầu"; where there are none, lines in capitals between blank lines.
 */
final class PlainOutline implements Outline {
    private static final int HEADING_CHARS_MAX = 100;

    /** A numbered line that is longer and ends with a full stop is a sentence. */
    private static final int STOPPED_CHARS_MAX = 40;

    private static final int CAPITALS_MIN = 2;

    private static final String NUMBER =
            "(?:thứ"
                + " )?(?:[0-9]{1,4}|[ivxlcdm]{1,8}|một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|nhất|nhì"
                + "|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|the"
                + " first|the second|the last|cuối)";

    private static final Pattern HEADING =
            Pattern.compile(
                    "(?:chương|phần|quyển|hồi|tập|chapter|part|book|volume) "
                            + NUMBER
                            + "(?:[\\s.:,)–—-].*)?"
                            + "|(?:lời (?:nói đầu|giới thiệu|mở đầu|tựa|kết|bạt|tác giả)|mở đầu"
                            + "|kết luận|phụ lục|vĩ thanh|ngoại truyện|prologue|epilogue|preface"
                            + "|foreword|introduction|afterword|appendix)(?:\\s*[.:–—-].*)?",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private final List<Border> named = new ArrayList<>();
    private final List<Border> capitals = new ArrayList<>();
    private @Nullable Border waiting;
    private boolean isBlankBefore = true;

    @Override
    public void see(LineScan.Line line) {
        String text = Normalizer.normalize(line.text().strip(), Normalizer.Form.NFC);
        if (waiting != null && text.isEmpty()) {
            add(capitals, waiting);
        }
        waiting = null;
        if (isBlankBefore && !text.isEmpty() && text.length() <= HEADING_CHARS_MAX) {
            Border border = new Border(line.from(), text);
            if (isHeading(text)) {
                add(named, border);
            } else if (isCapitals(text)) {
                waiting = border;
            }
        }
        isBlankBefore = text.isEmpty();
    }

    private static void add(List<Border> borders, Border border) {
        if (borders.size() == Book.CHAPTERS_MAX) {
            throw new BookException(
                    "the text has more than %d headings".formatted(Book.CHAPTERS_MAX));
        }
        borders.add(border);
    }

    static boolean isHeading(String text) {
        char last = text.charAt(text.length() - 1);
        boolean isSentence = last == '.' && text.length() > STOPPED_CHARS_MAX;
        return !isSentence && last != ',' && last != ';' && HEADING.matcher(text).matches();
    }

    static boolean isCapitals(String text) {
        return text.codePoints().noneMatch(Character::isLowerCase)
                && text.codePoints().filter(Character::isUpperCase).count() >= CAPITALS_MIN;
    }

    @Override
    public List<Border> borders() {
        return named.isEmpty() ? capitals : named;
    }

    @Override
    public String title() {
        return "";
    }

    @Override
    public String aloud(String written, boolean isFirst) {
        return Paragraphs.unwrapped(written);
    }
}
