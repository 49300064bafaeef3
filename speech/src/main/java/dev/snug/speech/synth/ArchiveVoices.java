package dev.snug.speech.synth;

import dev.snug.speech.bundle.Traits;
import dev.snug.speech.bundle.Traits.Area;
import dev.snug.speech.bundle.Traits.Emotion;
import dev.snug.speech.bundle.Traits.Gender;
import dev.snug.speech.bundle.Traits.Group;
import dev.snug.speech.bundle.Voice;
import dev.snug.speech.text.Passage;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The voices of the synthetic archive: one for each gender and area. */
final class ArchiveVoices {
    private static final double SECONDS = 4;
    private static final double MALE_HERTZ = 120;
    private static final double FEMALE_HERTZ = 210;

    /** The list of the voices in the archive. */
    static final String METADATA_FILE = "audio_metadata.json";

    static final List<Voice> ALL =
            List.of(
                    voice(
                            "Bản tin sáng nay có nhiều điều mà mọi người đáng chú ý.",
                            new Traits(Gender.FEMALE, Group.NEWS, Area.NORTHERN, Emotion.NEUTRAL)),
                    voice(
                            "Ngày xưa, ở làng kia có một chàng trai rất hiền lành.",
                            new Traits(Gender.MALE, Group.STORY, Area.SOUTHERN, Emotion.HAPPY)),
                    voice(
                            "Chúng tôi sẽ trả lời tất cả những câu hỏi của các bạn.",
                            new Traits(
                                    Gender.MALE, Group.INTERVIEW, Area.CENTRAL, Emotion.SERIOUS)),
                    voice(
                            "Món ăn này ngon đến bất ngờ, nhất định phải thử một lần!",
                            new Traits(
                                    Gender.FEMALE, Group.REVIEW, Area.SOUTHERN, Emotion.SURPRISED)),
                    voice(
                            "Mưa rơi lặng lẽ suốt đêm dài trên mái nhà cũ của bà.",
                            new Traits(Gender.FEMALE, Group.AUDIOBOOK, Area.CENTRAL, Emotion.SAD)),
                    voice(
                            "Chương hai, con đường dài trở về ngôi nhà ở cuối làng.",
                            new Traits(
                                    Gender.MALE,
                                    Group.AUDIOBOOK,
                                    Area.NORTHERN,
                                    Emotion.MONOTONE)));

    private ArchiveVoices() {}

    private static Voice voice(String text, Traits traits) {
        String name =
                word(traits.group()) + "_" + word(traits.gender()) + "_" + word(traits.area());
        return new Voice(name, name + ".wav", new Passage(text), traits);
    }

    /** The recording of {@code voice}, a WAV. */
    static byte[] wav(Voice voice, long seed) {
        double hertz = voice.traits().gender() == Gender.MALE ? MALE_HERTZ : FEMALE_HERTZ;
        return new SyntheticVoice(voice.text().text(), SECONDS, hertz, seed).wav();
    }

    /** The content of {@link #METADATA_FILE}. */
    static String metadata() {
        return ALL.stream()
                .map(ArchiveVoices::json)
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static String json(Voice voice) {
        Traits traits = voice.traits();
        return """
        {
         "file_name": "%s",
         "text": "%s",
         "gender": "%s",
         "group": "%s",
         "area": "%s",
         "emotion": "%s"
        }\
        """
                .formatted(
                        voice.file(),
                        voice.text().text(),
                        word(traits.gender()),
                        word(traits.group()),
                        word(traits.area()),
                        word(traits.emotion()));
    }

    private static String word(@Nullable Object constant) {
        return String.valueOf(constant).toLowerCase(Locale.ROOT);
    }
}
