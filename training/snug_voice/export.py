"""Writes the trained voice as a checkpoint folder that `snug import` reads."""

import json
import shutil
import wave

from safetensors.torch import save_file

from snug_voice import acoustic, checkpoints, data, durations, vocoder
from snug_voice import mel as log_mel
from snug_voice.networks import Durations, Vocoder

EXPORT = data.BUILD / "export"
QUALITY = data.BUILD / "evaluation" / "quality.json"
# About two seconds of each; the longer the reference, the more every step has to compute.
REFERENCE_TEXTS = {
    "female-north": "chào bạn, tôi đọc cho bạn nghe.",
    "female-central": "mời bạn ngồi nghe tôi kể chuyện.",
    "female-south": "hôm nay trời nắng, gió thổi nhẹ.",
    "male-north": "chúng ta cùng đọc một bài báo.",
    "male-central": "con đường nhỏ dẫn về làng cũ.",
    "male-south": "buổi sáng ở đây rất yên bình.",
}
LICENCE = "Apache-2.0"
# docs/VOICE.md says the rest, its doubt too.
ORIGIN = "training/ of Snug, on speech of espeak-ng 1.51"


def contiguous(network):
    return {
        name: tensor.detach().clone().contiguous() for name, tensor in network.state_dict().items()
    }


def acoustic_weights():
    trained = checkpoints.averaged(acoustic.CHECKPOINT, acoustic.Acoustic())
    lengths = checkpoints.averaged(durations.CHECKPOINT, Durations(len(data.VOCABULARY)))
    weights = contiguous(trained.velocity)
    weights |= {f"text.{name}": tensor for name, tensor in contiguous(trained.text).items()}
    weights |= {f"durations.{name}": tensor for name, tensor in contiguous(lengths).items()}
    return weights


def write_clip(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(log_mel.SAMPLE_RATE)
        file.writeframes(samples.tobytes())


def voices(folder):
    """The clips, and how the settings describe them."""
    described = []
    for number, voice in enumerate(data.VOICES):
        text = REFERENCE_TEXTS[voice.name]
        write_clip(folder / f"{voice.name}.wav", data.make(text, number).samples)
        described.append(
            dict(
                name=voice.name,
                file=f"{voice.name}.wav",
                text=text,
                gender=voice.gender,
                area=voice.area,
            )
        )
    return described


def copy_quality(folder):
    """What `evaluate --variants` found, where that was on these weights."""
    if QUALITY.exists() and all(
        QUALITY.stat().st_mtime > trained.CHECKPOINT.stat().st_mtime
        for trained in (acoustic, durations, vocoder)
    ):
        shutil.copy(QUALITY, folder)


def main():
    part = EXPORT.with_name("export.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    save_file(acoustic_weights(), part / "aligned.safetensors")
    trained = checkpoints.averaged(vocoder.CHECKPOINT, Vocoder())
    save_file(contiguous(trained), part / "vocoder.safetensors")
    (part / "vocab.txt").write_text("".join(f"{token}\n" for token in data.VOCABULARY), "utf-8")
    settings = dict(
        kind="aligned",
        patch=2,
        frames_per_token=json.loads(durations.TABLE.read_text()),
        guidance=1.0,
        # The cheapest that was as good as 32 steps in all that was measured: docs/VOICE.md, "Speed".
        steps=4,
        schedule="uniform",
        unguided_steps=[0, 1],
        licence=LICENCE,
        origin=ORIGIN,
        voices=voices(part),
    )
    (part / "settings.json").write_text(json.dumps(settings, ensure_ascii=False, indent=2), "utf-8")
    copy_quality(part)
    shutil.rmtree(EXPORT, ignore_errors=True)
    part.rename(EXPORT)
    size = sum(file.stat().st_size for file in EXPORT.iterdir())
    print(f"{EXPORT}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
