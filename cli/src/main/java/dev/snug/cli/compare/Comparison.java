package dev.snug.cli.compare;

import dev.snug.vision.compare.CaseDifference;
import dev.snug.vision.compare.Quality;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Two models, what each said of the same cases, and how far the answers are apart. */
public sealed interface Comparison {
    /** The first model: the one that the other is compared with. */
    Side a();

    /** The second model. */
    Side b();

    /** Cases that one of them did not answer. */
    List<FailedCase> failed();

    /** What is kept with a variant, by quantity; empty where no case was answered by both. */
    Map<String, Double> quality();

    /** Two classifiers on pictures. */
    record Pictures(Side a, Side b, List<PictureCase> cases, List<FailedCase> failed)
            implements Comparison {
        public Pictures {
            cases = List.copyOf(cases);
            failed = List.copyOf(failed);
        }

        /** The sum of all cases; empty where there is none. */
        public Optional<Quality> sum() {
            List<CaseDifference> differences = cases.stream().map(PictureCase::difference).toList();
            return differences.isEmpty() ? Optional.empty() : Optional.of(Quality.of(differences));
        }

        /** Of the largest difference of a class's probabilities in each case. */
        Optional<Spread> probabilities() {
            return Spread.of(cases, one -> one.difference().probabilityDifference());
        }

        @Override
        public Map<String, Double> quality() {
            return sum().map(Quality::figures).orElse(Map.of());
        }
    }

    /** Two voices on sentences. */
    record Speech(Side a, Side b, List<SpeechCase> cases, List<FailedCase> failed)
            implements Comparison {
        public Speech {
            cases = List.copyOf(cases);
            failed = List.copyOf(failed);
        }

        /** Of the cases that have one. */
        Optional<Spread> melDistances() {
            return Spread.of(
                    cases.stream()
                            .map(SpeechCase::melDistance)
                            .filter(OptionalDouble::isPresent)
                            .mapToDouble(OptionalDouble::getAsDouble)
                            .toArray());
        }

        /** How many cases have a distance: those of equal length. */
        private long compared() {
            return cases.stream().filter(one -> one.melDistance().isPresent()).count();
        }

        @Override
        public Map<String, Double> quality() {
            Map<String, Double> figures = new LinkedHashMap<>();
            melDistances()
                    .ifPresent(
                            distances -> {
                                figures.put("cases", (double) compared());
                                figures.put("mel_distance_db_median", distances.median());
                                figures.put("mel_distance_db_max", distances.most());
                            });
            return figures;
        }
    }
}
