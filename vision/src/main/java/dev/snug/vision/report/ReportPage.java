package dev.snug.vision.report;

import dev.snug.vision.ClassScore;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.Overlay;
import dev.snug.vision.picture.PhotoFinding.Concern;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.report.Sheet.Ink;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Lays a {@link Report} out on one page, from top to bottom. Every part has a height that it cannot
 * leave, so that the longest of all still fits.
 */
public final class ReportPage {
    private static final float MARGIN = 46;
    private static final float TOP = 34;
    private static final float WIDTH = Sheet.WIDTH - 2 * MARGIN;

    /** Between the photo and its map. */
    private static final float GAP = 16;

    private static final float PICTURE_WIDTH = (WIDTH - GAP) / 2;
    private static final float PICTURE_HEIGHT = 180;
    private static final float LABEL_WIDTH = 118;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Report report;
    private final ReportWords words;
    private final Sheet sheet;

    /** Top of what comes next. */
    private float y = TOP;

    private ReportPage(Report report, ReportWords words, Sheet sheet) {
        this.report = report;
        this.words = words;
        this.sheet = sheet;
    }

    /** Writes {@code report} as PDF; {@code out} is left open. */
    public static void write(Report report, OutputStream out) throws IOException {
        ReportWords words = new ReportWords(report.language());
        String program = words.text("program", ReportWords.version());
        try (Sheet sheet =
                new Sheet(
                        report.made(),
                        words.text("report"),
                        report.language().tag(),
                        program,
                        id(report))) {
            ReportPage page = new ReportPage(report, words, sheet);
            page.head(program);
            page.pictures();
            page.classes();
            page.concerns();
            page.facts();
            sheet.save(out);
        }
    }

    /** Of what tells two reports apart. */
    private static long id(Report report) {
        CRC32 sum = new CRC32();
        sum.update(
                (report.file().sha256() + report.model().version() + report.patient())
                        .getBytes(StandardCharsets.UTF_8));
        return report.made().toEpochMilli() ^ sum.getValue() << Integer.SIZE;
    }

    private void head(String program) throws IOException {
        line(words.text("report"), 20, Ink.BLACK, 27);
        String made = words.text("made") + " " + TIME.format(report.made());
        line(made + " · " + program + " · " + report.model().name(), 9, Ink.GREY, 18);
        List<String> warning = sheet.lines(words.text("disclaimer"), 10, WIDTH - 16, 3);
        float height = warning.size() * 13 + 9;
        sheet.box(MARGIN, y, WIDTH, height, Ink.PAPER);
        for (int i = 0; i < warning.size(); i++) {
            sheet.text(warning.get(i), MARGIN + 8, y + 14 + 13 * i, 10, Ink.BLACK);
        }
        y += height + 12;
    }

    /** The photo and, where one was asked for, its map beside it. */
    private void pictures() throws IOException {
        float height = picture(report.photo().pixels(), MARGIN);
        Report.@Nullable Map map = report.map().orElse(null);
        if (map == null) {
            y += height + 14;
            return;
        }
        float right = MARGIN + PICTURE_WIDTH + GAP;
        boolean isEmpty = map.values().nothingStandsOut();
        String name = words.nameOf(map.explained());
        List<String> caption = new ArrayList<>();
        caption.addAll(sheet.lines(words.text("map_of", name), 8.5f, PICTURE_WIDTH, 2));
        caption.addAll(
                sheet.lines(
                        words.text(isEmpty ? "nothing" : "map_legend"), 8.5f, PICTURE_WIDTH, 2));
        if (!isEmpty) {
            picture(overlay(map), right);
        }
        float top = isEmpty ? y : y + height + 3;
        for (String each : caption) {
            top += 10.5f;
            sheet.text(each, right, top, 8.5f, Ink.GREY);
        }
        y = Math.max(y + height, top) + 14;
    }

    private Picture overlay(Report.Map map) {
        return new Overlay(
                        report.photo().pixels(),
                        map.values().values(),
                        map.values().height(),
                        map.values().width(),
                        map.colours())
                .picture();
    }

    /** As large as there is room for it; its height. */
    private float picture(Picture picture, float x) throws IOException {
        float scale = Math.min(PICTURE_WIDTH / picture.width(), PICTURE_HEIGHT / picture.height());
        float height = scale * picture.height();
        sheet.picture(picture, x, y, scale * picture.width(), height);
        return height;
    }

    private void classes() throws IOException {
        line(words.text("probabilities"), 12, Ink.BLACK, 19);
        List<ClassScore> scores = report.scores();
        int shown = Math.min(scores.size(), Report.CLASSES_MAX);
        for (ClassScore score : scores.subList(0, shown)) {
            score(score);
        }
        if (scores.size() > shown) {
            String most = words.percent(scores.get(shown).probability());
            line(words.text("more", scores.size() - shown, most), 9, Ink.GREY, 13);
        }
        paragraph(words.text("not_calibrated"), 8.5f, 2);
        y += 6;
    }

    private void score(ClassScore score) throws IOException {
        String percent = words.percent(score.probability());
        float percentWidth = sheet.width(percent, 10);
        float room = WIDTH - percentWidth - 14;
        String name = sheet.fitting(sheet.shown(words.nameOf(score.label())), 10, room);
        sheet.text(name, MARGIN, y + 9, 10, Ink.BLACK);
        float after = sheet.width(name, 10) + 6;
        if (after < room - 24) {
            String own = sheet.fitting(sheet.shown(ownName(score)), 8, room - after);
            sheet.text(own, MARGIN + after, y + 9, 8, Ink.GREY);
        }
        // Last, so that the line is read in this order, aloud too.
        sheet.text(percent, MARGIN + WIDTH - percentWidth, y + 9, 10, Ink.BLACK);
        float share = Math.clamp(score.probability(), 0, 1);
        sheet.box(MARGIN, y + 13, WIDTH, 4, Ink.RAIL);
        sheet.box(MARGIN, y + 13, WIDTH * share, 4, Ink.BAR);
        y += 23;
    }

    /** The class as the model calls it, beside people's word for it. */
    private String ownName(ClassScore score) {
        String id = score.label().id();
        String name = score.label().name();
        boolean isSaid = name.equals(words.nameOf(score.label())) || name.equals(id);
        return isSaid ? id : id + " · " + name;
    }

    private void concerns() throws IOException {
        if (report.photo().concerns().isEmpty()) {
            return;
        }
        line(words.text("concerns"), 12, Ink.BLACK, 17);
        for (Concern concern : report.photo().concerns()) {
            paragraph(words.text("concern_" + concern.name().toLowerCase(Locale.ROOT)), 8.5f, 2);
        }
        y += 6;
    }

    private void facts() throws IOException {
        Patient patient = report.patient();
        if (!patient.equals(Patient.UNKNOWN)) {
            fact("sex", said(patient.sex()));
            Double age = patient.ageYears();
            fact("age", age == null ? null : words.number(plain(age)));
            fact("location", said(patient.location()));
        }
        Report.Model model = report.model();
        String licence = model.licence();
        fact("model", model.name());
        fact("source", model.source());
        fact("licence", licence == null ? words.text("unstated") : licence);
        fact("version", model.version());
        fact("file", report.file().name());
        fact("checksum", report.file().sha256());
        fact(
                "decoded_label",
                report.photo()
                        .reduction()
                        .map(
                                at ->
                                        words.text(
                                                "decoded",
                                                at.width(),
                                                at.height(),
                                                at.fullWidth(),
                                                at.fullHeight()))
                        .orElse(null));
    }

    private @Nullable String said(@Nullable String word) {
        return word == null ? null : words.ofPatient(word);
    }

    /** Without a fraction where there is none. */
    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private void fact(String label, @Nullable String value) throws IOException {
        if (value == null) {
            return;
        }
        String name = sheet.fitting(sheet.shown(words.text(label)), 8.5f, LABEL_WIDTH - 6);
        sheet.text(name, MARGIN, y + 9, 8.5f, Ink.GREY);
        float room = WIDTH - LABEL_WIDTH;
        String text = sheet.fitting(sheet.shown(value), 8.5f, room);
        sheet.text(text, MARGIN + LABEL_WIDTH, y + 9, 8.5f, Ink.BLACK);
        y += 12;
    }

    /** A line that is cut where the page ends, and what the next one is below its top. */
    private void line(String text, float size, Ink ink, float leading) throws IOException {
        String shown = sheet.fitting(sheet.shown(text), size, WIDTH);
        sheet.text(shown, MARGIN, y + size, size, ink);
        y += leading;
    }

    private void paragraph(String text, float size, int most) throws IOException {
        for (String line : sheet.lines(text, size, WIDTH, most)) {
            sheet.text(line, MARGIN, y + size, size, Ink.GREY);
            y += size + 2.5f;
        }
    }
}
