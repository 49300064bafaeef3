package dev.snug.speech.text;

/** What a family of models has to say of voice and pace. */
@FunctionalInterface
public interface DeliveryRules {
    /**
     * How pieces are given in the voice of {@code reference}.
     *
     * @throws TextException when that voice leaves no room in a chunk
     */
    Delivery delivery(Reference reference, Pace pace);
}
