"""VietVoice-TTS's way to run its three graphs, in ONNX Runtime for Python.

    python vietvoice.py ARCHIVE.tar --steps 2 -o speech.wav [--low-ram]

As VietVoice-TTS does: each graph read whole into bytes, three sessions that stay, every
optimisation, arena, prepacking. --low-ram: the settings that its guide gives to a small host, no
arena, no memory pattern, fewer rewritings, no spinning. The job is a voice of 4 s (a tone), 110
tokens and --frames frames in all. Noise comes from the graph's own node with a fixed seed, so that both
ways speak the same.
"""

from figures import Figures, write_wav

figures = Figures()

import argparse
import tarfile

import numpy as np
import onnxruntime as ort

figures.mark("start")

GRAPHS = ("preprocess.onnx", "transformer.onnx", "decode.onnx")
SAMPLE_RATE = 24000
VOICE_SECONDS = 4
TOKENS = 110
SEED = 9527


def options(threads, low_ram):
    chosen = ort.SessionOptions()
    chosen.intra_op_num_threads = threads
    chosen.inter_op_num_threads = threads
    chosen.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    chosen.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    chosen.log_severity_level = 4
    chosen.add_session_config_entry("session.set_denormal_as_zero", "1")
    if low_ram:
        chosen.enable_cpu_mem_arena = False
        chosen.enable_mem_pattern = False
        chosen.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        chosen.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return chosen


def sessions(archive, chosen):
    loaded = {}
    with tarfile.open(archive) as tar:
        for name in GRAPHS:
            content = tar.extractfile(name).read()
            loaded[name] = ort.InferenceSession(content, chosen, providers=["CPUExecutionProvider"])
            del content
    return [loaded[name] for name in GRAPHS]


def run(session, values):
    names = [port.name for port in session.get_inputs()]
    return session.run(None, dict(zip(names, values, strict=True)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive")
    parser.add_argument("--steps", type=int, default=2, help="of the 31 that the graph has")
    parser.add_argument("--frames", type=int, default=750, help="of the voice and the speech")
    parser.add_argument("--threads", type=int, default=1, help="of an operator, 0: all cores")
    parser.add_argument("--low-ram", action="store_true", help="the guide's settings")
    parser.add_argument("-o", "--output", required=True, help="the WAV file")
    arguments = parser.parse_args()

    ort.set_seed(SEED)
    preprocess, transformer, decode = sessions(
        arguments.archive, options(arguments.threads, arguments.low_ram))
    figures.mark("load")
    time_of = np.arange(VOICE_SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    audio = (8000 * np.sin(2 * np.pi * 180 * time_of)).astype(np.int16).reshape(1, 1, -1)
    ids = (np.arange(TOKENS, dtype=np.int32) % 100).reshape(1, -1)
    noise, *rest, frames = run(preprocess, [audio, ids, np.array([arguments.frames])])
    step = np.array([0], dtype=np.int32)
    for _ in range(arguments.steps):
        noise, step = run(transformer, [noise, *rest, step])
    write_wav(arguments.output, run(decode, [noise, frames])[0].ravel())
    figures.mark("job")
    figures.print(steps=arguments.steps, threads=arguments.threads, onnxruntime=ort.__version__)


if __name__ == "__main__":
    main()
