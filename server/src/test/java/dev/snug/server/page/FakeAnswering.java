package dev.snug.server.page;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.PhotoConcern;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ReportWish;
import dev.snug.server.answer.SoundParts;
import dev.snug.server.answer.SpeechQuestion;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.imageio.ImageIO;

/** Answers as models would, without one; remembers what it was asked. */
final class FakeAnswering implements Answering {
    static final int RATE = 24_000;

    /** A text that begins so takes a minute. */
    static final String LONG = "Một";

    private static final long PART_MILLIS = 60;

    final ConcurrentLinkedQueue<PictureQuestion> pictures = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<SpeechQuestion> texts = new ConcurrentLinkedQueue<>();
    volatile boolean hasModels = true;

    /** Whether the last text was not spoken to its end. */
    volatile boolean isStopped;

    /** What the next checked picture is refused for. */
    volatile Optional<PhotoConcern> concern = Optional.empty();

    /** Whether the next answer has a map of zeros. */
    volatile boolean nothingStandsOut;

    @Override
    public PictureAnswer classify(PictureQuestion question) {
        pictures.add(question);
        if (question.isChecked() && concern.isPresent()) {
            throw new AnswerException(
                    AnswerException.Kind.PHOTO_REFUSED, "the photo is " + concern.get().word());
        }
        boolean isMapWished = question.heatMap() != PictureQuestion.HeatMapForm.NONE;
        Path overlay = question.overlayFile();
        if (overlay != null && !nothingStandsOut) {
            write(overlay);
        }
        return new PictureAnswer(
                "sklesion",
                scores(),
                isMapWished && overlay == null && !nothingStandsOut
                        ? Optional.of(layer())
                        : Optional.empty(),
                isMapWished && nothingStandsOut,
                concern.stream().toList(),
                Optional.empty(),
                0.21,
                false);
    }

    @Override
    public void report(PictureQuestion question, ReportWish wish) {
        PictureAnswer answer = classify(question);
        try {
            Files.writeString(
                    wish.file(), "%PDF-1.7 " + wish.language() + ' ' + answer.scores().getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path overlay) {
        try {
            Files.write(overlay, layer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<PictureAnswer.Score> scores() {
        return List.of(
                new PictureAnswer.Score("nv", "nv", 0.7342),
                new PictureAnswer.Score("mel", "mel", 0.1418),
                new PictureAnswer.Score("bkl", "bkl", 0.0812),
                new PictureAnswer.Score("bcc", "bcc", 0.0251),
                new PictureAnswer.Score("akiec", "akiec", 0.0119),
                new PictureAnswer.Score("df", "df", 0.0048),
                new PictureAnswer.Score("vasc", "vasc", 0.001));
    }

    /** A bright spot in the middle, clear at the edges. */
    static byte[] layer() {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                double heat = Math.max(0, 1 - Math.hypot(x - 30, y - 34) / 26);
                Color colour = Color.getHSBColor((float) (0.75 - 0.6 * heat), 0.8f, 0.95f);
                image.setRGB(x, y, ((int) (255 * heat) << 24) | (colour.getRGB() & 0xffffff));
            }
        }
        return png(image);
    }

    /** A photo that looks like skin with a mole. */
    static byte[] photo(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double r = Math.hypot((x - 0.47 * width) * 1.2, y - 0.53 * height) / height;
                double angle = Math.atan2(y - 0.53 * height, x - 0.47 * width);
                boolean isMole = r < 0.2 + 0.025 * Math.sin(5 * angle);
                int noise = (x * 31 + y * 17 + x * y % 23) % 9;
                image.setRGB(
                        x,
                        y,
                        isMole
                                ? new Color(96 + noise, 58 + noise, 44).getRGB()
                                : new Color(226 - noise, 178 - noise, 154).getRGB());
            }
        }
        return png(image);
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public void speak(SpeechQuestion question, SoundParts sink) throws InterruptedException {
        texts.add(question);
        int parts = question.text().startsWith(LONG) ? 1000 : 6;
        for (int part = 0; part < parts; part++) {
            try {
                sink.accept(tone(part % 6));
                Thread.sleep(PART_MILLIS);
            } catch (InterruptedException | UncheckedIOException e) {
                isStopped = true;
                throw e;
            }
        }
    }

    /** A quarter of a second, quiet. */
    private static ByteBuffer tone(int part) {
        ByteBuffer bytes = ByteBuffer.allocate(RATE / 4 * 2).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            double angle = bytes.position() * Math.PI * (220 + 40 * part) / RATE;
            bytes.putShort((short) (2000 * Math.sin(angle)));
        }
        return bytes.flip();
    }

    @Override
    public List<ModelCard> models() {
        if (!hasModels) {
            return List.of();
        }
        List<ModelCard.Named> classes = new ArrayList<>();
        for (String id : List.of("akiec", "bcc", "bkl", "df", "mel", "nv", "vasc")) {
            classes.add(new ModelCard.Named(id, id));
        }
        ModelCard pictures =
                new ModelCard(
                        "sklesion",
                        ModelCard.Kind.PICTURES,
                        true,
                        "MIT",
                        85_900_000,
                        classes,
                        List.of(
                                new ModelCard.Field("sex", List.of("female", "male", "unknown")),
                                new ModelCard.Field(
                                        "location",
                                        List.of(
                                                "arm",
                                                "head-or-neck",
                                                "leg-or-genital",
                                                "trunk",
                                                "unknown")),
                                new ModelCard.Field("age", List.of())),
                        List.of(),
                        true,
                        1);
        ModelCard speech =
                new ModelCard(
                        "snug-vi",
                        ModelCard.Kind.SPEECH,
                        true,
                        "Apache-2.0",
                        6_400_000,
                        List.of(),
                        List.of(),
                        List.of("female-north", "male-south", "me"),
                        false,
                        1);
        return List.of(pictures, speech);
    }

    @Override
    public PlanCard plan(String model) {
        Map<String, Long> parts = new LinkedHashMap<>();
        parts.put("Java", 31L << 20);
        parts.put("Java heap", 18L << 20);
        parts.put("ONNX Runtime", 14L << 20);
        parts.put("weights", 12L << 20);
        parts.put("activations and results", 41L << 20);
        if (model.equals("snug-vi")) {
            return new PlanCard(
                    model,
                    false,
                    96L << 20,
                    120L << 20,
                    130L << 20,
                    parts,
                    Map.of(),
                    List.of("it does not fit"));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("threads", "2");
        settings.put("heat-map", "on");
        return new PlanCard(
                model, true, 192L << 20, 98L << 20, 150L << 20, parts, settings, List.of());
    }

    @Override
    public void close() {}
}
