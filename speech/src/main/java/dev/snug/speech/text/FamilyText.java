package dev.snug.speech.text;

/** The text rules of a family of models: the whole way of its own program, and its delivery. */
public interface FamilyText extends TextFront, DeliveryRules {}
