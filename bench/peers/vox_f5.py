"""vox-tts, a C++ engine, on an F5-TTS checkpoint.

    python vox_f5.py MODEL.tmod --voice voice.wav --voice-text "..." --text "..." --noise noise.npy
        --steps 2 -o speech.wav

MODEL.tmod is what `python -m vox.build_f5` makes of the checkpoint. The noise is given, so that
the same noise gives the same sound as in another engine; the time grid is uniform with sway.
"""

from figures import Figures, write_wav

figures = Figures()

import argparse
import os
import tempfile

import numpy as np
import vox
from vox.formats import save_safetensors

figures.mark("start")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("--voice", required=True, help="recording of the voice, WAV")
    parser.add_argument("--voice-text", required=True, help="what it says")
    parser.add_argument("--text", required=True, help="what to say")
    parser.add_argument("--noise", required=True, help=".npy, float32 [frames, 100]")
    parser.add_argument("--steps", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("-o", "--output", required=True, help="the WAV file")
    arguments = parser.parse_args()

    engine = vox.Engine(arguments.model, device="cpu", threads=arguments.threads)
    figures.mark("load")
    voice = engine.clone_voice(arguments.voice, arguments.voice_text)
    with tempfile.TemporaryDirectory() as folder:
        noise = os.path.join(folder, "noise.safetensors")
        save_safetensors(noise, {"noise.0": np.load(arguments.noise)})
        extra = {"nfe_step": arguments.steps, "use_epss": False, "noise_file": noise}
        sound = engine.synthesize(arguments.text, voice, extra=extra)
    levels = np.clip(np.rint(sound * 32767), -32768, 32767)
    write_wav(arguments.output, levels, engine.sample_rate)
    figures.mark("job")
    figures.print(steps=arguments.steps, threads=arguments.threads, vox=vox.__version__)


if __name__ == "__main__":
    main()
