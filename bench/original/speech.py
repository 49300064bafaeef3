"""What Snug's speech is compared with: the three graphs of a VietVoice archive in Python ONNX Runtime.

    python speech.py ARCHIVE.tar --steps 4 --threads 1 --frames 750 --reference-seconds 4

Loads the graphs as VietVoice-TTS does (each file read into bytes, all three sessions kept, every
optimisation, arena and prepacking on) and runs preprocess, some steps of the transformer and
decode. Prints one JSON object: CPU seconds of each step, and the process's memory from the kernel.
"""

import argparse
import json
import tarfile
import time

import numpy as np
import onnxruntime as ort

GRAPHS = ("preprocess.onnx", "transformer.onnx", "decode.onnx")
SAMPLE_RATE = 24000


def memory():
    """VmHWM, RssAnon and RssFile of this process in bytes."""
    wanted = {"VmHWM": "peak_rss_bytes", "RssAnon": "anon_bytes", "RssFile": "file_bytes"}
    found = {}
    with open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            key, _, value = line.partition(":")
            if key in wanted:
                found[wanted[key]] = int(value.split()[0]) * 1024
    return found


def sessions(archive, threads):
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = 4
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    loaded = {}
    with tarfile.open(archive) as tar:
        for name in GRAPHS:
            content = tar.extractfile(name).read()
            loaded[name] = ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
            del content
    return [loaded[name] for name in GRAPHS]


def run(session, values):
    names = [i.name for i in session.get_inputs()]
    return session.run(None, dict(zip(names, values, strict=True)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive")
    parser.add_argument("--steps", type=int, default=4, help="steps of the transformer, 1 to 31")
    parser.add_argument("--threads", type=int, default=1, help="threads of an operator, 0: all")
    parser.add_argument("--frames", type=int, default=750, help="reference and generated together")
    parser.add_argument("--reference-seconds", type=float, default=4.0)
    arguments = parser.parse_args()

    preprocess, transformer, decode = sessions(arguments.archive, arguments.threads)
    samples = int(arguments.reference_seconds * SAMPLE_RATE)
    time_of = np.arange(samples) / SAMPLE_RATE
    audio = (8000 * np.sin(2 * np.pi * 180 * time_of)).astype(np.int16).reshape(1, 1, -1)
    ids = (np.arange(120, dtype=np.int32) % 100).reshape(1, -1)
    noise, *rest, frames = run(preprocess, [audio, ids, np.array([arguments.frames])])
    step = np.array([0], dtype=np.int32)
    cpu_seconds = []
    for _ in range(arguments.steps):
        began = time.process_time()
        noise, step = run(transformer, [noise, *rest, step])
        cpu_seconds.append(time.process_time() - began)
    sound = run(decode, [noise, frames])[0]
    answer = {
        "seconds_audio": sound.size / SAMPLE_RATE,
        "steps": arguments.steps,
        "threads": arguments.threads,
        "cpu_seconds_each_step": cpu_seconds,
        "onnxruntime": ort.__version__,
    }
    print(json.dumps(answer | memory()))


if __name__ == "__main__":
    main()
