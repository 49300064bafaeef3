package dev.snug.server.work;

import dev.snug.runtime.bundle.AnsweringModel;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Listing;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.ModelCard.Field;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.ModelCard.Named;
import dev.snug.server.job.Line;
import dev.snug.server.settings.ServerSettings;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.voice.SpeechModel;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.ClassifierSettings;
import dev.snug.vision.patient.PatientFeature;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The models that are there, looked up anew each time: one that is imported or removed while the
 * server runs counts at once.
 */
final class ModelShelf {
    private final BundleStore store;
    private final Path home;
    private final ServerSettings settings;

    ModelShelf(BundleStore store, Path home, ServerSettings settings) {
        this.store = store;
        this.home = home;
        this.settings = settings;
    }

    /** All of them, those that answer by default first; one that is broken is left out. */
    List<ModelCard> cards() {
        List<ModelCard> cards = new ArrayList<>();
        for (Listing listing : store.list()) {
            if (listing instanceof Listing.Whole whole) {
                kind(whole.manifest()).ifPresent(kind -> cards.add(card(whole, kind)));
            }
        }
        cards.sort(
                Comparator.comparing((ModelCard card) -> !card.isDefault())
                        .thenComparing(ModelCard::kind)
                        .thenComparing(ModelCard::name));
        return cards;
    }

    private static Optional<Kind> kind(Manifest manifest) {
        return switch (manifest.kind()) {
            case ClassifierImport.KIND -> Optional.of(Kind.PICTURES);
            case SpeechSettings.KIND -> Optional.of(Kind.SPEECH);
            default -> Optional.empty();
        };
    }

    private ModelCard card(Listing.Whole listing, Kind kind) {
        Manifest manifest = listing.manifest();
        long created = FileTimes.seconds(listing.folder().resolve(Manifest.FILE_NAME));
        boolean isDefault = manifest.name().equals(standard(kind).orElse(""));
        String licence = manifest.licence() == null ? "" : manifest.licence();
        return switch (kind) {
            case PICTURES -> {
                ClassifierSettings classifier =
                        ClassifierSettings.parse(manifest.settings(), manifest.name());
                yield new ModelCard(
                        manifest.name(),
                        kind,
                        isDefault,
                        licence,
                        manifest.totalBytes(),
                        classifier.classes().stream()
                                .map(label -> new Named(label.id(), label.name()))
                                .toList(),
                        fields(classifier.patient()),
                        List.of(),
                        !manifest.graphs(ClassifierImport.EXPLAIN).isEmpty(),
                        created);
            }
            case SPEECH ->
                    new ModelCard(
                            manifest.name(),
                            kind,
                            isDefault,
                            licence,
                            manifest.totalBytes(),
                            List.of(),
                            List.of(),
                            voices(manifest.name()),
                            false,
                            created);
        };
    }

    private static List<Field> fields(List<PatientFeature> features) {
        List<Field> fields = new ArrayList<>();
        for (PatientFeature feature : features) {
            switch (feature) {
                case PatientFeature.OneHot hot ->
                        fields.add(new Field(hot.field().label(), hot.words()));
                case PatientFeature.Scaled scaled ->
                        fields.add(new Field(scaled.field().label(), List.of()));
                case PatientFeature.Missing _ -> {} // says again what its number says
            }
        }
        return fields;
    }

    private List<String> voices(String model) {
        return SpeechModel.open(store, model, home).voices().all().stream()
                .map(voice -> voice.name())
                .toList();
    }

    /** The model that answers where none is named. */
    private Optional<String> standard(Kind kind) {
        String set = kind == Kind.PICTURES ? settings.classifier() : settings.speaker();
        if (set != null) {
            return Optional.of(set);
        }
        try {
            return AnsweringModel.of(store, storeKind(kind)).map(AnsweringModel::name);
        } catch (BundleException e) {
            // Several, and none was chosen: each is there for those who name it.
            return Optional.empty();
        }
    }

    private static String storeKind(Kind kind) {
        return kind == Kind.PICTURES ? ClassifierImport.KIND : SpeechSettings.KIND;
    }

    /** Bytes of the largest model of this kind; 0 where there is none. */
    long largestBytes(Kind kind) {
        return cards().stream()
                .filter(card -> card.kind() == kind)
                .mapToLong(ModelCard::bytes)
                .max()
                .orElse(0);
    }

    /** The models that answer by default, by kind; the only ones that memory is planned for. */
    List<String> standards() {
        List<String> names = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            standard(kind).filter(store::contains).ifPresent(names::add);
        }
        return names;
    }

    /**
     * The kind of a model.
     *
     * @throws AnswerException of kind {@code NOT_FOUND} when it is not there, or broken
     */
    Kind kindOf(String model) {
        return kind(manifest(model))
                .orElseThrow(() -> notFound("model %s answers nothing here".formatted(model)));
    }

    private Manifest manifest(String model) {
        try {
            return store.open(model).manifest();
        } catch (BundleException e) {
            throw new AnswerException(
                    AnswerException.Kind.NOT_FOUND, String.valueOf(e.getMessage()), e);
        }
    }

    private static AnswerException notFound(String message) {
        return new AnswerException(AnswerException.Kind.NOT_FOUND, message);
    }

    /**
     * The model of {@code kind} that answers.
     *
     * @param named what was asked for; null for the default
     * @throws AnswerException of kind {@code NOT_FOUND} when there is none
     */
    String required(Kind kind, @Nullable String named) {
        if (named != null) {
            if (kindOf(named) != kind) {
                throw notFound("model %s is not one for %s".formatted(named, kind.word()));
            }
            return named;
        }
        return standard(kind).filter(store::contains).orElseThrow(() -> notFound(missing(kind)));
    }

    private static String missing(Kind kind) {
        return kind == Kind.PICTURES
                ? "this server has no model for pictures, or several and none by default: snug pull"
                        + " sklesion, or snug models use NAME"
                : "this server has no model for speech, or several and none by default: snug models"
                        + " use NAME";
    }

    /** Where the models that are there have their lines of jobs; a broken one has none. */
    Set<Line> lines() {
        Set<Line> lines = new HashSet<>();
        for (Listing listing : store.list()) {
            if (listing instanceof Listing.Whole whole) {
                Manifest manifest = whole.manifest();
                kind(manifest)
                        .map(kind -> new Line(kind, manifest.name(), version(manifest.name())))
                        .ifPresent(lines::add);
            }
        }
        return lines;
    }

    /** Whether exactly this model is there. */
    boolean has(Line line) {
        return store.contains(line.model()) && version(line.model()).equals(line.version());
    }

    /** Names the exact weights and settings of a model, so that kept answers end with them. */
    String version(String model) {
        return store.open(model).manifestSha256();
    }
}
