"""Spectrograms of three sentences for docs/voice: Snug above, espeak-ng below.

    python -m snug_voice.plots                       writes ../docs/voice/*.png
"""

import argparse
import io
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image

from snug_voice import data, evaluate, measuring, speaking
from snug_voice import mel as log_mel

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402 - the choice of a back end comes first

FOLDER = Path(__file__).parents[2] / "docs" / "voice"
BYTES_MAX = 300 * 1024
COLOURS = 64
# What is drawn, ln of magnitudes: below is silence, above only single harmonics.
_DARK, _BRIGHT = -9, 3
# A question, two clauses, and a word with a long rhyme.
CHOSEN = [
    ("female-north", "chị ơi, cho em hỏi một chút được không?"),
    ("male-north", "quyết định ấy khiến mọi người ngạc nhiên."),
    ("female-south", "đêm nay trời trở lạnh, vùng núi có sương mù."),
]


def drawn(text, panels):
    """A PNG: a log-mel under another on one time axis; `panels`: [(name, log-mel)]."""
    longest = max(len(mel) for _, mel in panels)
    figure, axes = pyplot.subplots(
        len(panels), 1, figsize=(10, 5.6), sharex=True, layout="constrained"
    )
    for axis, (name, mel) in zip(axes, panels, strict=True):
        seconds = len(mel) * log_mel.HOP / log_mel.SAMPLE_RATE
        axis.imshow(
            np.asarray(mel, np.float32).T,
            origin="lower",
            aspect="auto",
            extent=(0, seconds, 0, log_mel.BANDS),
            vmin=_DARK,
            vmax=_BRIGHT,
            cmap="magma",
        )
        axis.set_title(name, loc="left", fontsize=10)
        axis.set_ylabel("mel band")
        axis.set_xlim(0, longest * log_mel.HOP / log_mel.SAMPLE_RATE)
    axes[-1].set_xlabel("seconds")
    figure.suptitle(text, fontsize=13)
    file = io.BytesIO()
    figure.savefig(file, dpi=90)
    pyplot.close(figure)
    return _with_few_colours(file)


def _with_few_colours(file):
    """A palette halves a PNG and changes nothing that can be seen here."""
    out = io.BytesIO()
    picture = Image.open(file).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    png = out.getvalue()
    if len(png) > BYTES_MAX:
        raise ValueError(f"a picture of {len(png)} bytes is over {BYTES_MAX}; draw it smaller")
    return png


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--launcher", type=Path, default=evaluate.LAUNCHER)
    parser.add_argument("--model")
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    asked = speaking.Asked(options.launcher, options.model)
    options.output.mkdir(parents=True, exist_ok=True)
    names = [voice.name for voice in data.VOICES]
    for number, (voice, text) in enumerate(CHOSEN, 1):
        if text not in measuring.sentences():
            raise ValueError(f"{text!r} is not one of the sentences that are measured")
        folder = evaluate.OUTPUT / "plots" / voice
        sound = speaking.speak(asked, voice, [text], folder).sounds[0]
        espeak = data.make(text, names.index(voice))
        panels = [(f"Snug, {voice}", log_mel.mel(sound)), ("espeak-ng", espeak.mel)]
        file = options.output / f"sentence-{number}.png"
        part = file.with_suffix(".part")
        part.write_bytes(drawn(text, panels))
        part.replace(file)
        print(f"{file}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
