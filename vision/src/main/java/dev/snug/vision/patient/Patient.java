package dev.snug.vision.patient;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the person who asks says about the patient; everything may be left out.
 *
 * @param sex a word that the model knows, such as {@code female}
 * @param location where on the body, a word that the model knows, such as {@code trunk}
 * @param ageYears age in years, 0 to {@value #AGE_YEARS_MAX}, with decimals; null when unknown
 */
public record Patient(@Nullable String sex, @Nullable String location, @Nullable Double ageYears) {
    /** Nothing is known. */
    public static final Patient UNKNOWN = new Patient(null, null, null);

    /** Older than anybody; catches an age in months or a year of birth. */
    public static final int AGE_YEARS_MAX = 130;

    public Patient {
        if (ageYears != null && !(ageYears >= 0 && ageYears <= AGE_YEARS_MAX)) {
            throw new PatientException(
                    "the age must be 0 to " + AGE_YEARS_MAX + " years, not " + ageYears);
        }
    }

    /** The word given for {@code field}. */
    Optional<String> word(PatientFeature.Field field) {
        return Optional.ofNullable(
                switch (field) {
                    case SEX -> sex;
                    case LOCATION -> location;
                    case AGE -> null;
                });
    }

    /** The number given for {@code field}. */
    OptionalDouble number(PatientFeature.Field field) {
        return field == PatientFeature.Field.AGE && ageYears != null
                ? OptionalDouble.of(ageYears)
                : OptionalDouble.empty();
    }
}
