"""Measures the sound of `./snug speak`, with controls in the same table.

    python -m snug_voice.evaluate                   all voices, all sentences: build/evaluation/
    python -m snug_voice.evaluate --controls-only   without Snug, as a check of the measuring
    python -m snug_voice.evaluate --variants        what savings cost: quality.json and .md

The controls: espeak itself is what the recognisers can reach; espeak through the vocoder is what
the vocoder costs; another sentence of espeak, scored as if it were this one, must score near zero.
"""

import argparse
import csv
import io
import platform
from pathlib import Path

import torch

from snug_voice import data, judging, measuring, speaking, variants
from snug_voice.judging import Judge
from snug_voice.measuring import ESPEAK, SNUG, as_json, write
from snug_voice.recognisers import Recognisers

OUTPUT = data.BUILD / "evaluation"
EXPORT = data.BUILD / "export"
LAUNCHER = Path(__file__).parents[2] / "snug"
_COLUMNS = {
    "syllable": "whole syllables",
    "onset": "onsets",
    "rhyme": "rhymes",
    "tone": "tones",
    "syllables_heard": "syllables heard freely",
    "letter_errors": "letter errors (CER)",
    "syllable_errors": "syllable errors (SER)",
    "distortion": "MCD-DTW, dB",
    "length": "length",
}


def table(rows):
    """A Markdown table: each system over all voices, then voice by voice."""
    lines = ["| voice | system | " + " | ".join(_COLUMNS.values()) + " |"]
    lines.append("|" + "---|" * (len(_COLUMNS) + 2))
    groups = {("all voices", system): own for (system,), own in by_system(rows).items()}
    groups |= judging.grouped(rows, "voice", "system")
    for (voice, system), own in groups.items():
        figures = judging.summary(own)
        cells = [figures[name].text(2 if name in judging.MEDIANS else 3) for name in _COLUMNS]
        lines.append(f"| {voice} | {system} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def by_system(rows):
    return judging.grouped(rows, "system")


def shares_of_espeak(rows):
    """By voice: Snug's whole syllables as a share of espeak's, and how many more letter errors."""
    found = {}
    for (voice,), own in judging.grouped(rows, "voice").items():
        systems = {system: part for (system,), part in by_system(own).items()}
        if SNUG in systems:
            ours, theirs = (judging.summary(systems[name]) for name in (SNUG, ESPEAK))
            found[voice] = {
                "syllable_share": round(ours["syllable"].value / theirs["syllable"].value, 4),
                "letter_errors_more": round(
                    ours["letter_errors"].value - theirs["letter_errors"].value, 4
                ),
            }
    return found


def cost(spoken):
    """What speaking all sentences took, start and all; as the program and the kernel say."""
    told = ("seconds_audio", "seconds", "steps", "chunks", "peak_rss_bytes", "seed")
    return {"cpu_seconds": round(spoken.cpu_seconds, 3)} | {
        name: spoken.report[name] for name in told if name in spoken.report
    }


def report(rows, asked, costs):
    """Everything as plain values, for programs."""
    return {
        "machine": f"{platform.machine()}, {platform.system()}",
        "command": [asked.launcher.name, *asked.command("speak")[1:], *asked.options],
        "sentences": len({row.text for row in rows}),
        "interval": "95 %, percentile bootstrap over sentences; distortion and length are medians",
        "costs": costs,
        "beside_espeak": shares_of_espeak(rows),
        "systems": [
            {"voice": voice, "system": system}
            | {name: figure.json() for name, figure in judging.summary(own).items()}
            for (voice, system), own in judging.grouped(rows, "voice", "system").items()
        ],
    }


def as_csv(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(judging.csv_rows(rows))
    return text.getvalue()


def export_of(options):
    """What was exported; the controls can do without it."""
    if not options.export.exists():
        if not options.controls_only:
            raise FileNotFoundError(f"{options.export} is not there; run the stage export first")
        print(f"{options.export} is not there: no vocoder copy")
        return None
    return speaking.Export(options.export)


def evaluate(options, judge, asked):
    export = export_of(options)
    rows, costs = [], {}
    for voice in options.voices:
        name = data.VOICES[voice].name
        utterances = measuring.said(measuring.sentences(options.sentences), voice)
        rows += measuring.control_rows(judge, utterances, export)
        if not options.controls_only:
            own, spoken = measuring.snug_rows(
                judge, utterances, export, asked, name, options.output / "speech" / name
            )
            rows += own
            costs[name] = cost(spoken)
        print(f"{name}: {len(utterances)} sentences", flush=True)
    write(options.output, "table.md", table(rows))
    write(options.output, "table.json", as_json(report(rows, asked, costs)))
    write(options.output, "table.csv", as_csv(rows))
    print(table(rows))


def speak_options(options):
    """What of the command line goes on to `snug speak`."""
    pairs = [
        ("--steps", options.steps),
        ("--schedule", options.schedule),
        ("--cfg", options.guidance),
        ("--skip-guidance", options.skip_guidance),
        ("--reuse-guidance", options.reuse_guidance),
    ]
    return tuple(str(part) for pair in pairs if pair[1] is not None for part in pair)


def arguments(words=None):
    names = [voice.name for voice in data.VOICES]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--launcher", type=Path, default=LAUNCHER)
    parser.add_argument("--model", help="as snug knows it; its own choice when left out")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--schedule", choices=["uniform", "epss"])
    parser.add_argument("--guidance", type=float)
    parser.add_argument("--skip-guidance")
    parser.add_argument("--reuse-guidance")
    parser.add_argument("--sentences", type=int, help="only the first ones")
    parser.add_argument("--voices", nargs="+", choices=names)
    parser.add_argument("--export", type=Path, default=EXPORT)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--controls-only", action="store_true")
    parser.add_argument("--variants", action="store_true")
    parser.add_argument("--new", action="store_true", help="variants that the file lacks")
    options = parser.parse_args(words)
    if options.variants and speak_options(options):
        parser.error("--variants brings steps, schedules and guidance of its own; leave them out")
    chosen = options.voices or (variants.VOICES if options.variants else names)
    options.voices = [names.index(name) for name in chosen]
    return options


def main():
    torch.set_num_threads(1)
    options = arguments()
    judge = Judge(Recognisers.load())
    asked = speaking.Asked(options.launcher, options.model, speak_options(options))
    if options.variants:
        variants.measure(options, judge, asked)
    else:
        evaluate(options, judge, asked)


if __name__ == "__main__":
    main()
