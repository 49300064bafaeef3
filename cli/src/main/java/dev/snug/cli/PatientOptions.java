package dev.snug.cli;

import dev.snug.vision.patient.Patient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** The options that say whose skin a picture shows. */
class PatientOptions {
    @Option(names = "--sex", paramLabel = "WORD", description = "Patient value: female, male.")
    private @Nullable String sex;

    @Option(
            names = "--location",
            paramLabel = "WORD",
            description = "Patient value: where on the body; a wrong word lists those that work.")
    private @Nullable String location;

    @Option(names = "--age", paramLabel = "YEARS", description = "Patient value, with decimals.")
    private @Nullable Double age;

    final Patient patient() {
        return new Patient(sex, location, age);
    }

    /** The same options again, for a command that is started. */
    final List<String> patientArguments() {
        List<String> arguments = new ArrayList<>();
        if (sex != null) {
            arguments.add("--sex=" + sex);
        }
        if (location != null) {
            arguments.add("--location=" + location);
        }
        if (age != null) {
            arguments.add("--age=" + age);
        }
        return arguments;
    }
}
