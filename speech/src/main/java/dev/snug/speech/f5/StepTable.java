package dev.snug.speech.f5;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.JsonException;
import dev.snug.speech.schedule.Schedule;

import java.util.List;
import java.util.Map;

/**
 * What stands in the table of steps of a bundle: a row for each of the times.
 *
 * @param values float32 values of a row, {@link TransformerSizes#modulationValues}
 * @param times of the rows of {@link BundleGraphs#TABLE_FILE}, in their order
 */
public record StepTable(int values, List<Float> times) {
    private static final String KEY = "times";

    public StepTable {
        times = List.copyOf(times);
    }

    /** The table of {@code transformer} whose times are among the properties of a layout. */
    public static StepTable read(Fields fields, TransformerSizes transformer) {
        return new StepTable(
                transformer.modulationValues(), numbers(fields, KEY, Schedule.STEPS_MAX));
    }

    /**
     * A list of at most {@code most} numbers.
     *
     * @throws JsonException when it is none
     */
    public static List<Float> numbers(Fields fields, String key, int most) {
        List<?> values = fields.values(key, most);
        if (values == null) {
            throw new JsonException(key + " is null");
        }
        return values.stream().map(value -> number(value, key)).toList();
    }

    private static float number(Object value, String key) {
        if (value instanceof Number number) {
            return number.floatValue();
        }
        throw new JsonException(key + " holds more than numbers");
    }

    /** Adds the times to the properties of a layout, so that they are read back to the bit. */
    public void put(Map<String, Object> properties) {
        properties.put(KEY, times.stream().map(Float::doubleValue).toList());
    }
}
