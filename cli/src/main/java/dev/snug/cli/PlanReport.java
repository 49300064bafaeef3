package dev.snug.cli;

import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.HeapShare;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Plan.Choice;
import dev.snug.runtime.plan.Predicted.Part;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What {@code snug plan} says: what fits, why, and where the bytes go.
 *
 * @param job in words: what the figures are for
 * @param isTimed whether seconds follow from a measurement of this model on this machine
 * @param command what runs such a job; null where it is the command that was given
 * @param quality of the variant that would answer, in words; empty for a model as it was imported
 * @param device that would compute; null where the processor does
 */
record PlanReport(
        String model,
        String job,
        MemoryLimit limit,
        Plan<?> plan,
        boolean isTimed,
        @Nullable String command,
        String quality,
        @Nullable DevicePlan device) {

    /** Of a model as it was imported. */
    PlanReport(
            String model,
            String job,
            MemoryLimit limit,
            Plan<?> plan,
            boolean isTimed,
            @Nullable String command) {
        this(model, job, limit, plan, isTimed, command, "", null);
    }

    /** The same of a variant. */
    PlanReport withQuality(String words) {
        return new PlanReport(model, job, limit, plan, isTimed, command, words, device);
    }

    /** The same where a device would compute. */
    PlanReport withDevice(DevicePlan plans) {
        String there = command == null ? null : command + " --provider " + plans.provider();
        return new PlanReport(model, job, limit, plan, isTimed, there, quality, plans);
    }

    /** Whether such a job would be done, in the process and on the device. */
    boolean isFeasible() {
        return plan.isFeasible() && (device == null || !device.isRefused(plan.cost()));
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s, %s, under %.0f MiB: %s%n%n",
                model,
                job,
                Mebibytes.of(limit.bytes()),
                limit.explanation());
        out.println(verdict());
        if (!plan.giveUp().isEmpty()) {
            out.println("Given up: " + String.join(", ", plan.giveUp()) + ".");
        }
        out.printf(
                Locale.ROOT,
                "Peak %.0f MiB, files included; smallest limit for this job %.0f MiB; about %.1f"
                        + " CPU s (%s).%n%n",
                Mebibytes.of(plan.predictedPeakBytes()),
                Mebibytes.of(plan.smallestBudgetBytes()),
                plan.cost().seconds(),
                isTimed ? "measured on this machine" : "a guess: snug measure " + model);
        printChoices(out);
        printStages(out);
        if (device != null) {
            device.print(out, plan.cost());
        }
        printCounted(out);
        if (command != null) {
            out.println("Run it: " + command);
        }
    }

    private String verdict() {
        if (!plan.isFeasible()) {
            return "It does not fit. The smallest settings are shown.";
        }
        if (!isFeasible()) {
            return "It fits the process, and not the device.";
        }
        return plan.isTight()
                ? "It fits, and closely: the system will drop pages of files and read them again."
                : "It fits.";
    }

    /** One line: what fits, and what it does without. */
    String line() {
        String without = plan.giveUp().isEmpty() ? "" : "; " + String.join(", ", plan.giveUp());
        return String.format(
                Locale.ROOT,
                "memory: at most %.0f MiB%s, about %.0f at the worst moment, %.0f would do%s",
                Mebibytes.of(plan.limitBytes()),
                plan.limitBytes() < limit.bytes()
                        ? String.format(
                                Locale.ROOT,
                                " of %.0f, because memory is tight now",
                                Mebibytes.of(limit.bytes()))
                        : "",
                Mebibytes.of(plan.predictedPeakBytes()),
                Mebibytes.of(plan.smallestBudgetBytes()),
                without);
    }

    private void printChoices(PrintStream out) {
        out.printf("%-14s %-12s %9s %8s  %s%n", "SETTING", "VALUE", "MiB", "CPU s", "WHY");
        for (Choice choice : plan.choices()) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %-12s %+9.1f %+8.2f  %s%n",
                    choice.name(),
                    choice.value(),
                    Mebibytes.of(choice.bytes()),
                    choice.seconds(),
                    choice.reason());
        }
        out.println("MiB and CPU s: what the value takes more than the least it could be.");
        if (!quality.isEmpty()) {
            out.println(model + ": " + quality);
        }
        out.println();
    }

    private void printStages(PrintStream out) {
        Demand largest = plan.cost().largest();
        out.printf("Stages, one after the other:%n%-14s %9s %9s%n", "STAGE", "ANONYMOUS", "FILES");
        for (Demand demand : plan.cost().demands()) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %9.1f %9.1f%n",
                    demand.stage(),
                    Mebibytes.of(demand.predicted().anonymousBytes()),
                    Mebibytes.of(demand.predicted().mappedBytes()));
        }
        out.printf("%nThe largest, %s:%n", largest.stage());
        for (Part part : largest.predicted().parts()) {
            out.printf(
                    Locale.ROOT,
                    "  %-24s %9.1f %9.1f%n",
                    part.name(),
                    Mebibytes.of(part.anonymousBytes()),
                    Mebibytes.of(part.mappedBytes()));
        }
        out.printf(
                Locale.ROOT,
                "  %-24s %9.1f           its maximum; %.1f of it live at once%n%n",
                "Java heap",
                Mebibytes.of(HeapShare.of(limit.bytes())),
                Mebibytes.of(plan.cost().heapBytes()));
    }

    private static void printCounted(PrintStream out) {
        out.println("Counted, by account (anonymous bytes must fit; files can be dropped):");
        for (StandardAccount account : StandardAccount.values()) {
            out.printf("  %-12s %s%n", account.accountName(), account.counted());
            out.printf("  %-12s not: %s%n", "", account.notCounted());
        }
        out.println();
    }

    void write(JsonGenerator json) {
        json.writeStringProperty("model", model);
        json.writeStringProperty("job", job);
        json.writeBooleanProperty("feasible", isFeasible());
        json.writeNumberProperty("limit_bytes", limit.bytes());
        json.writeStringProperty("limit_from", limit.explanation());
        json.writeNumberProperty("predicted_peak_bytes", plan.predictedPeakBytes());
        json.writeNumberProperty("smallest_budget_bytes", plan.smallestBudgetBytes());
        json.writeNumberProperty("heap_max_bytes", HeapShare.of(limit.bytes()));
        json.writeNumberProperty("heap_bytes", plan.cost().heapBytes());
        json.writeNumberProperty("cpu_seconds", plan.cost().seconds());
        json.writeBooleanProperty("cpu_seconds_measured", isTimed);
        json.writeArrayPropertyStart("choices");
        plan.choices().forEach(choice -> write(json, choice));
        json.writeEndArray();
        json.writeArrayPropertyStart("give_up");
        plan.giveUp().forEach(json::writeString);
        json.writeEndArray();
        json.writeArrayPropertyStart("stages");
        plan.cost().demands().forEach(demand -> write(json, demand));
        json.writeEndArray();
        if (device != null) {
            device.write(json, plan.cost());
        }
        if (!quality.isEmpty()) {
            json.writeStringProperty("variant_quality", quality);
        }
        if (command != null) {
            json.writeStringProperty("command", command);
        }
    }

    private static void write(JsonGenerator json, Choice choice) {
        json.writeStartObject();
        json.writeStringProperty("name", choice.name());
        json.writeStringProperty("value", choice.value());
        json.writeStringProperty("reason", choice.reason());
        json.writeNumberProperty("bytes", choice.bytes());
        json.writeNumberProperty("seconds", choice.seconds());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Demand demand) {
        json.writeStartObject();
        json.writeStringProperty("stage", demand.stage());
        json.writeNumberProperty("anonymous_bytes", demand.predicted().anonymousBytes());
        json.writeNumberProperty("mapped_bytes", demand.predicted().mappedBytes());
        json.writeArrayPropertyStart("parts");
        for (Part part : demand.predicted().parts()) {
            json.writeStartObject();
            json.writeStringProperty("name", part.name());
            json.writeNumberProperty("anonymous_bytes", part.anonymousBytes());
            json.writeNumberProperty("mapped_bytes", part.mappedBytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
