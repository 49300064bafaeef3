"""The measuring itself: counts and distances whose right answers are known by hand."""

import json
import tempfile
import unittest
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import numpy as np

from snug_voice import data, judging, measuring, scores, speaking, syllables, texts, variants
from snug_voice import mel as log_mel
from snug_voice.alike import Alike
from snug_voice.listener import collapsed
from snug_voice.meter import Meter, Segment, features, segments


def sung(frequency, seconds=0.5):
    """A tone with harmonics: samples."""
    time = np.arange(int(seconds * log_mel.SAMPLE_RATE)) / log_mel.SAMPLE_RATE
    return sum(np.sin(2 * np.pi * frequency * k * time) / k for k in range(1, 6)) * 0.2


class EditsTest(unittest.TestCase):
    """By hand, and by Levenshtein's own example."""

    def test_equal_sequences_need_no_edit_and_keep_everything(self):
        self.assertEqual(scores.compared("xin chào", "xin chào"), (0, 8))

    def test_kitten_becomes_sitting_in_three_edits(self):
        self.assertEqual(scores.compared("sitting", "kitten"), (3, 4))

    def test_nothing_heard_costs_every_item(self):
        self.assertEqual(scores.compared([], ["một", "hai"]), (2, 0))
        self.assertEqual(scores.compared(["một", "hai"], []), (2, 0))

    def test_a_lost_syllable_does_not_cost_those_behind_it(self):
        self.assertEqual(scores.compared("a c d".split(), "a b c d".split()), (1, 3))

    def test_of_equally_few_edits_those_that_keep_most_count(self):
        self.assertEqual(scores.compared(["b", "c"], ["a", "b"]), (2, 1))


class DistortionTest(unittest.TestCase):
    """The definition: 0 for equal signals, blind to speed and level, not to sound."""

    def test_a_signal_is_no_distance_from_itself(self):
        mel = log_mel.mel(sung(200))
        self.assertAlmostEqual(scores.distortion(mel, mel), 0, places=4)

    def test_a_repeated_frame_costs_nothing(self):
        mel = log_mel.mel(sung(200))
        self.assertAlmostEqual(scores.distortion(np.repeat(mel, 2, 0), mel), 0, places=4)

    def test_level_costs_nothing_and_another_sound_does(self):
        mel = log_mel.mel(sung(200))
        self.assertAlmostEqual(scores.distortion(mel + 1, mel), 0, places=4)
        self.assertGreater(scores.distortion(log_mel.mel(sung(330)), mel), 1)

    def test_the_path_is_the_cheapest_as_the_plain_recursion_finds_it(self):
        costs = np.random.default_rng(3).random((7, 5))
        self.assertAlmostEqual(scores._warped_mean(costs), slow_warped_mean(costs))


def slow_warped_mean(costs):
    """Sakoe and Chiba's recursion cell by cell; first of equals: diagonal, above, left."""
    rows, columns = costs.shape
    best = {(-1, -1): (0.0, 0)}
    for i in range(rows):
        for j in range(columns):
            ways = [best[k] for k in ((i - 1, j - 1), (i - 1, j), (i, j - 1)) if k in best]
            total, steps = min(ways, key=lambda way: way[0])
            best[i, j] = (total + costs[i, j], steps + 1)
    return best[rows - 1, columns - 1][0] / best[rows - 1, columns - 1][1]


class IntervalTest(unittest.TestCase):
    def test_a_share_counts_items_not_sentences(self):
        found = scores.ratio_interval([1, 9], [1, 19])
        self.assertAlmostEqual(found.value, 0.5)
        self.assertLessEqual(found.low, 0.5)
        self.assertGreaterEqual(found.high, 0.5)

    def test_equal_rows_have_an_interval_without_width(self):
        found = scores.ratio_interval([3] * 10, [4] * 10)
        self.assertEqual((found.value, found.low, found.high), (0.75, 0.75, 0.75))

    def test_a_change_is_paired(self):
        parts, wholes = np.arange(1, 9), np.full(8, 10)
        found = scores.difference_interval(parts + 1, wholes, parts, wholes)
        self.assertAlmostEqual(found.low, 0.1)
        self.assertAlmostEqual(found.high, 0.1)


class ListenerTest(unittest.TestCase):
    """Graves and others, 2006: repeats first, then blanks."""

    def test_repeats_are_one_letter_unless_a_blank_divides_them(self):
        self.assertEqual(collapsed([0, 1, 1, 0, 2, 2, 0, 2, 0], "ab"), "abb")

    def test_silence_is_no_text(self):
        self.assertEqual(collapsed([0, 0, 0], "ab"), "")


class AlikeTest(unittest.TestCase):
    def test_spellings_that_sound_alike_are_one_and_others_are_not(self):
        north = Alike({"d": "d", "gi": "d", "r": "d"}, {"iên": "iên"})
        self.assertEqual(north.sound("giường"), ("d", "ương", 2))
        self.assertEqual(north.sound("rường"), north.sound("dường"))
        self.assertNotEqual(north.sound("rường"), north.sound("rượng"))

    def test_what_no_rule_makes_stands_for_itself(self):
        self.assertEqual(Alike({}, {}).sound("nghk"), ("ng", "k", 0))


@mock.patch("snug_voice.meter.RANDOM_FEATURES", 50)
class MeterTest(unittest.TestCase):
    def test_syllables_are_cut_where_their_letters_are(self):
        durations = np.array([1, 2, 3, 4, 5, 6, 7], np.float32)
        self.assertEqual(
            segments("an, ba.", durations), [Segment("an", 0, 3), Segment("ba", 10, 21)]
        )

    def test_features_hold_at_the_edges_and_in_a_single_frame(self):
        self.assertEqual(features(np.zeros((1, 100)), 0, 1).shape, (24 * 70 + 1,))
        self.assertEqual(features(np.zeros((30, 100)), 25, 40).shape, (24 * 70 + 1,))

    def test_ridge_tells_two_sounds_apart_after_a_few_examples(self):
        inputs, labels = toy()
        meter = Meter._solved(Alike({}, {}), inputs[:40], labels[:40], seed=0)
        heard = meter._mixed(inputs[40:]) @ meter._weights
        onsets = [meter._classes[0][i] for i in heard[:, :2].argmax(1)]
        self.assertEqual(onsets, [label[0] for label in labels[40:]])

    def test_a_saved_meter_judges_as_before(self):
        inputs, labels = toy()
        meter = Meter._solved(Alike({}, {}), inputs, labels, seed=0)
        mel = np.random.default_rng(5).normal(-3, 1, (40, 100)).astype(np.float32)
        found = [Segment("ba", 3, 15), Segment("mà", 20, 31)]
        with tempfile.TemporaryDirectory() as folder:
            meter.save(Path(folder) / "meter.npz")
            restored = Meter.load(Path(folder) / "meter.npz")
        self.assertEqual(restored.heard(mel, found), meter.heard(mel, found))


def toy():
    """60 noisy inputs of two kinds, in turn."""
    chance = np.random.default_rng(4)
    kinds = chance.normal(0, 1, (2, 24 * 70 + 1))
    noise = chance.normal(0, 0.3, (60, 24 * 70 + 1))
    inputs = np.stack([kinds[i % 2] for i in range(60)]) + noise
    return inputs.astype(np.float32), [(("b", "m")[i % 2], "a", i % 2) for i in range(60)]


class SpeakingTest(unittest.TestCase):
    def test_sentences_are_cut_out_between_their_pauses(self):
        pause = np.zeros(speaking.PAUSE_MILLISECONDS * log_mel.SAMPLE_RATE // 1000)
        samples = np.concatenate([np.full(5, 1), pause, np.full(3, 2)])
        first, second = speaking.cut(samples, [5, 3])
        self.assertEqual(first.tolist() + second.tolist(), [1] * 5 + [2] * 3)

    def test_a_file_of_another_length_is_refused(self):
        with self.assertRaisesRegex(ValueError, "the WAV file has 9 samples"):
            speaking.cut(np.zeros(9), [5, 3])

    def test_a_sentence_that_is_read_as_another_is_refused(self):
        with self.assertRaisesRegex(ValueError, "một là"):
            speaking._require_same(["hai là"], ["một là."])

    def test_what_is_written_is_read_back(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.wav"
            speaking.write_wav(path, np.array([0, 0.5, -1]))
            heard = speaking.read_wav(path)
        np.testing.assert_allclose(heard, [0, 0.5, -1], atol=1e-4)


class RowsTest(unittest.TestCase):
    def row(self, text, right):
        counts = (4, right, right, right, right, 10, 1, 4, 1, 3)
        return judging.Row("snug", "male-north", text, text, *counts, 2.0, 1.0)

    def test_a_change_needs_the_same_sentences(self):
        with self.assertRaisesRegex(ValueError, "same sentences"):
            judging.change([self.row("một", 4)], [self.row("hai", 4)], "syllable")

    def test_a_summary_adds_counts_up(self):
        figures = judging.summary([self.row("một", 4), self.row("hai", 2)])
        self.assertAlmostEqual(figures["syllable"].value, 6 / 8)
        self.assertAlmostEqual(figures["letter_errors"].value, 2 / 20)


class SentencesTest(unittest.TestCase):
    def test_there_are_enough_and_no_two_alike(self):
        lines = measuring.sentences()
        self.assertGreaterEqual(len(lines), 64)
        self.assertEqual(len(lines), len(set(lines)))

    def test_none_of_them_was_trained_on(self):
        self.assertFalse(set(measuring.sentences()) & set(texts.SENTENCES))

    def test_every_syllable_is_one_that_the_spelling_rules_make(self):
        made = {
            syllables.spelled(onset, rhyme, tone)
            for onset in [*syllables.ONSETS, "qu"]
            for rhyme in (syllables.RHYMES_OF_QU if onset == "qu" else syllables.RHYMES)
            for tone in syllables.tones_of(rhyme)
        }
        for line in measuring.sentences():  # kỹ is written with y by habit, not by rule
            self.assertLessEqual(set(line), set(data.VOCABULARY), line)
            self.assertEqual(set(scores.plain(line).split()) - made - {"kỹ"}, set(), line)


class VariantsTest(unittest.TestCase):
    def test_what_all_are_compared_with_comes_first_and_nothing_twice(self):
        self.assertEqual(variants.LIST[0], variants.PRUNED)
        self.assertIn(variants.DEFAULT, variants.LIST)
        self.assertEqual(len(variants.LIST), len(set(variants.LIST)))

    def test_only_the_name_of_a_variant_says_a_precision(self):
        self.assertEqual(variants._precision("snug-vi:int8"), {"precision": "int8"})
        self.assertEqual(variants._precision("snug-vi"), {})
        self.assertEqual(variants._precision(None), {})

    def test_options_are_those_of_the_command(self):
        self.assertEqual(
            variants.Variant(16, "uniform", 2.0, "8-15").options(),
            ("--steps", "16", "--schedule", "uniform", "--cfg", "2.0", "--skip-guidance", "8-15"),
        )
        self.assertEqual(
            variants.Variant(4, "uniform", reuse_guidance="1,3").options()[-2:],
            ("--reuse-guidance", "1,3"),
        )

    def test_rows_that_are_there_are_not_measured_anew_but_for_what_all_are_compared_with(self):
        known = asdict(variants.PRUNED) | {"model": "m"}, asdict(variants.DEFAULT) | {"model": "m"}
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "quality.json"
            file.write_text(json.dumps({"variants": known}), encoding="utf-8")
            options = SimpleNamespace(output=file.parent, new=True)
            asked = variants._asked_for(options, "m")
            self.assertEqual(variants._asked_for(options, "n"), variants.LIST)
        self.assertEqual(asked, [one for one in variants.LIST if one != variants.DEFAULT])


if __name__ == "__main__":
    unittest.main()
