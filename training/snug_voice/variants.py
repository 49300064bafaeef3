"""What savings cost in quality: the same sentences with fewer steps, less guidance, a shorter clip.

`quality.json`, for the planner and the docs:

    format      1
    sentences   how many, each spoken in every one of `voices`
    controls    by system (espeak itself, vocoder copy, another sentence): the figures below
    changes_from  steps, schedule and guidance that all are compared with, of the same model
    variants    a list, the model's own settings first; more models are added by more runs with --model
      model, steps, schedule, guidance      as given to `snug speak`; model null: its own choice
      precision                             of a model called NAME:PRECISION; else absent: as stored
    skip_guidance                         steps without guidance, such as "5-6", or null
      reference                             "whole", or "half" of the voice's clip
      syllable, onset, rhyme, tone          shares that the meter hears right
      syllables_heard                       share of syllables that the free recogniser writes
      letter_errors, syllable_errors        its error rates
      distortion, length                    dB from espeak and times its length, medians
      syllable_change, letter_errors_change against `changes_from`, paired
      cpu_seconds, audio_seconds            of the processes, start and all, and of their speech
      cpu_seconds_per_second                the one divided by the other

Figures are {"value", "low", "high"}: a 95 % interval by bootstrap over sentences.
"""

import json
from dataclasses import asdict, dataclass, replace

from snug_voice import data, judging, measuring, meter, speaking
from snug_voice import mel as log_mel

VOICES = ["female-north", "male-north"]
SENTENCES = 20
FORMAT = 1
_HEADER = [
    *("model", "steps", "schedule", "guidance", "but for steps", "used again on", "voice's clip"),
    *("whole syllables", "change", "heard freely", "letter errors", "MCD-DTW, dB"),
    "CPU s a second",
]
# Snug takes recordings of a second at least.
REFERENCE_SECONDS_MIN = 1.05


@dataclass(frozen=True)
class Variant:
    """What `snug speak` is asked for."""

    steps: int = 7
    schedule: str = "epss"
    guidance: float = 1.0
    skip_guidance: str | None = None
    reuse_guidance: str | None = None
    reference: str = "whole"

    def options(self):
        words = ["--steps", str(self.steps), "--schedule", self.schedule]
        words += ["--cfg", str(self.guidance)]
        if self.skip_guidance:
            words += ["--skip-guidance", self.skip_guidance]
        if self.reuse_guidance:
            words += ["--reuse-guidance", self.reuse_guidance]
        return tuple(words)


# What the model takes by itself, and what all are compared with: EPSS with guidance on all steps.
DEFAULT = Variant(4, "uniform", skip_guidance="0-1")
PRUNED = Variant()
_EPSS_STEPS = (16, 12, 5)
LIST = [
    PRUNED,
    DEFAULT,
    *(Variant(steps, "uniform") for steps in (32, 16, 12, 7, 5, 4, 3, 2, 1)),
    Variant(5, "uniform", skip_guidance="0-2"),
    Variant(4, "uniform", skip_guidance="0-2"),
    Variant(3, "uniform", skip_guidance="0-1"),
    Variant(2, "uniform", skip_guidance="0"),
    *(Variant(steps, "epss") for steps in _EPSS_STEPS),
    *(replace(PRUNED, guidance=guidance) for guidance in (0.0, 2.0)),
    *(replace(PRUNED, skip_guidance=steps) for steps in ("0-1", "0-3", "5-6", "3-6")),
    Variant(4, "uniform", 2.0, "0-2"),
    Variant(5, "uniform", skip_guidance="0-3"),
    Variant(6, "epss", skip_guidance="0-4"),
    replace(PRUNED, reference="half"),
    Variant(4, "uniform", skip_guidance="0-1", reuse_guidance="3"),
    Variant(4, "uniform", skip_guidance="0", reuse_guidance="2-3"),
    Variant(4, "uniform", reuse_guidance="1,3"),
    Variant(3, "uniform", skip_guidance="0", reuse_guidance="2"),
    Variant(2, "uniform", reuse_guidance="1"),
    Variant(5, "uniform", skip_guidance="0-2", reuse_guidance="4"),
    replace(PRUNED, reuse_guidance="1,3,5"),
    replace(PRUNED, skip_guidance="0-3", reuse_guidance="5-6"),
    Variant(16, "uniform", reuse_guidance="1,3,5,7,9,11,13,15"),
    Variant(16, "uniform", reuse_guidance="1-3,5-7,9-11,13-15"),
]
# Of other precisions: what they do to the default, to many runs and to the draft.
_OF_PRECISIONS = [
    PRUNED,
    DEFAULT,
    Variant(16, "uniform"),
    Variant(2, "uniform", skip_guidance="0"),
]


def measure(options, judge, asked):
    """Speaks and judges every variant, and joins the rows to what earlier runs found."""
    export = speaking.Export(options.export)
    texts = measuring.sentences(options.sentences or SENTENCES)
    said = {voice: measuring.said(texts, voice) for voice in options.voices}
    _warm(asked, data.VOICES[options.voices[0]].name, texts, options.output)
    entries, pruned, settings = [], None, _asked_for(options, asked.model)
    for number, variant in enumerate(settings):
        rows, spoken = _spoken(options, judge, asked, export, said, variant)
        pruned = pruned or rows
        entries.append(_entry(asked.model, variant, rows, pruned, spoken))
        print(f"{number + 1} of {len(settings)}: {_line(entries[-1])}", flush=True)
    controls = [
        row
        for utterances in said.values()
        for row in measuring.control_rows(judge, utterances, export)
    ]
    _write(options.output, _joined(options, texts, entries, controls))


def _asked_for(options, model):
    """What all are compared with comes first and is spoken again, for the pairs."""
    settings = _OF_PRECISIONS if _precision(model) else LIST
    known = [_setting(entry) for entry in _earlier(options) if entry["model"] == model]
    if not options.new:
        return settings
    return settings[:1] + [one for one in settings[1:] if (model, asdict(one)) not in known]


def _setting(entry):
    return entry["model"], {name: entry.get(name) for name in asdict(DEFAULT)}


def _earlier(options):
    file = options.output / "quality.json"
    return json.loads(file.read_text(encoding="utf-8"))["variants"] if file.exists() else []


def _warm(asked, voice, texts, folder):
    """Builds Snug where it is stale and fills the page cache, so that no variant pays for it."""
    speaking.speak(asked, voice, texts[:1], folder / "variants" / "warm")


def _spoken(options, judge, asked, export, said, variant):
    """Rows of all voices in order, and what each process reported."""
    rows, all_spoken = [], []
    for voice, utterances in said.items():
        name = data.VOICES[voice].name
        folder = options.output / "variants" / name
        chosen = half_of(export, voice, folder) if variant.reference == "half" else name
        changed = replace(asked, options=variant.options())
        own, spoken = measuring.snug_rows(judge, utterances, export, changed, chosen, folder)
        rows += own
        all_spoken.append(spoken)
    return rows, all_spoken


def half_of(export, voice, folder):
    """The first syllables of a voice's clip, half of it or a little more: (file, what it says).

    The clip is espeak's utterance of its text, so espeak says where syllables end.
    """
    name = data.VOICES[voice].name
    samples, text = speaking.read_wav(export.recordings[name]), export.texts[name]
    durations = data.make(text, voice).durations
    seconds_min = max(REFERENCE_SECONDS_MIN, len(samples) / log_mel.SAMPLE_RATE / 2)
    frames_min = seconds_min * log_mel.SAMPLE_RATE / log_mel.HOP
    last = next(one for one in meter.segments(text, durations) if one.end >= frames_min)
    ends = durations.cumsum()
    letters = int((ends <= last.end + 1e-3).sum())
    file = folder / "half.wav"
    speaking.write_wav(file, samples[: round(last.end * log_mel.HOP)])
    return file, text[:letters]


def _entry(model, variant, rows, default, spoken):
    cpu = sum(one.cpu_seconds for one in spoken)
    audio = sum(one.report["seconds_audio"] for one in spoken)
    changes = {
        f"{name}_change": judging.change(rows, default, name).json()
        for name in ("syllable", "letter_errors")
    }
    return (
        {"model": model}
        | _precision(model)
        | asdict(variant)
        | {name: figure.json() for name, figure in judging.summary(rows).items()}
        | changes
        | {
            "cpu_seconds": round(cpu, 3),
            "audio_seconds": round(audio, 3),
            "cpu_seconds_per_second": round(cpu / audio, 4),
        }
    )


def _precision(model):
    """That of a variant, `snug-vi:int8`; nothing where weights are as they are stored."""
    _, colon, word = (model or "").partition(":")
    return {"precision": word} if colon else {}


def _joined(options, texts, entries, controls):
    """The new file: rows of other models are kept where the sentences and voices are the same."""
    names = [data.VOICES[voice].name for voice in options.voices]
    same = {"format": FORMAT, "sentences": len(texts), "voices": names}
    file = options.output / "quality.json"
    kept = []
    if file.exists():
        earlier = json.loads(file.read_text(encoding="utf-8"))
        if all(earlier.get(name) == value for name, value in same.items()):
            models = {entry["model"] for entry in entries}
            anew = [_setting(entry) for entry in entries]
            kept = [
                entry
                for entry in earlier["variants"]
                if entry["model"] not in models
                or (options.new and _setting(entry) not in anew)
            ]
    figures = {
        system: {name: figure.json() for name, figure in judging.summary(own).items()}
        for (system,), own in judging.grouped(controls, "system").items()
    }
    measured = sorted(kept + entries, key=lambda entry: not _is_default(entry))
    compared = {name: asdict(PRUNED)[name] for name in ("steps", "schedule", "guidance")}
    return same | {"changes_from": compared, "controls": figures, "variants": measured}


def _is_default(entry):
    return _setting(entry)[1] == asdict(DEFAULT)


def _write(folder, quality):
    measuring.write(folder, "quality.json", measuring.as_json(quality))
    measuring.write(folder, "quality.md", markdown(quality))


def markdown(quality):
    """The same as a table for people: one row a variant, then the controls."""
    names = ("model", *asdict(DEFAULT))
    lines = [_cells(_HEADER), "|" + "---|" * len(_HEADER)]
    for entry in quality["variants"]:
        setting = ["" if entry.get(name) is None else entry[name] for name in names]
        lines.append(_cells(setting + _figures(entry) + [entry["cpu_seconds_per_second"]]))
    for system, figures in quality["controls"].items():
        lines.append(_cells([system, *[""] * 6, *_figures(figures), ""]))
    return "\n".join(lines) + "\n"


def _figures(entry):
    change = entry.get("syllable_change")
    shown = [_shown(entry["syllable"]), _shown(change) if change else ""]
    return [*shown, *(_shown(entry[n]) for n in ("syllables_heard", "letter_errors", "distortion"))]


def _shown(figure):
    return f"{figure['value']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})"


def _cells(values):
    return "| " + " | ".join(str(value) for value in values) + " |"


def _line(entry):
    return (
        f"{entry['steps']} {entry['schedule']}, guidance {entry['guidance']}"
        f" but {entry['skip_guidance']}, again on {entry['reuse_guidance']}, {entry['reference']} clip:"
        f" syllables {entry['syllable']['value']:.3f}, letter errors"
        f" {entry['letter_errors']['value']:.3f}, {entry['cpu_seconds']:.1f} CPU s"
    )
