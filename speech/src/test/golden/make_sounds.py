"""Writes small recordings in each format that is read, and the samples that ffmpeg, oggdec and opusdec find in them.

    python3 speech/src/test/golden/make_sounds.py

Needs Debian 12's ffmpeg 7:5.1.9-0+deb12u1, flac 1.4.2+ds-2, lame 3.100-6, vorbis-tools 1.4.2-1+b1
and opus-tools 0.2-1+b1. NAME.s16 beside NAME (FLAC of one channel has those of rf64.wav): little-endian samples of the mean of all channels,
at the file's own rate (Opus: 48,000).
"""

import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
VOICE = HERE.parents[3] / "models/snug-vi/female-north.wav"
OUT = HERE.parent / "resources/golden/sounds"
MEAN = "pan=mono|c0=.5*c0+.5*c1"
# Two channels that differ: the voice, and the same later and softer.
TWO = "[0:a]asplit[l][d];[d]adelay=7,volume=0.6[r];[l][r]join=inputs=2:channel_layout=stereo"

FILES = {
    "alaw.wav": "ffmpeg IN -c:a pcm_alaw OUT",
    "mulaw.wav": "ffmpeg IN -c:a pcm_mulaw OUT",
    "rf64.wav": "ffmpeg IN -rf64 always -c:a pcm_s16le OUT",
    "w24.wav": "ffmpeg STEREO -ar 44100 -c:a pcm_s24le -metadata title=odd OUT",
    "mono.flac": "flac -8 -s -f -T TITLE=voice -o OUT WAV",
    "stereo24.flac": "ffmpeg STEREO -ar 48000 -c:a flac -sample_fmt s32 -bits_per_raw_sample 24 OUT",
    "fixed.flac": "flac -0 -s -f -b 1152 -o OUT WAV",
    "mono.mp3": "lame --quiet -b 64 --tt voice --add-id3v2 WAV OUT",
    "stereo.mp3": "ffmpeg STEREO -ar 44100 -c:a libmp3lame -q:a 6 OUT",
    "low.mp3": "lame --quiet -b 16 --resample 8 WAV OUT",
    "plain.mp3": "lame --quiet -b 64 -t WAV OUT",
    "mono.ogg": "oggenc -Q -q 2 --title voice -o OUT WAV",
    "stereo.ogg": "ffmpeg STEREO -ar 44100 -c:a libvorbis -q:a 3 OUT",
    "mono.opus": "opusenc --quiet --bitrate 24 --title voice WAV OUT",
    "stereo.opus": "ffmpeg STEREO -ar 48000 -c:a libopus -b:a 48k OUT",
    "celt.opus": "opusenc --quiet --music --bitrate 96 --framesize 10 WAV OUT",
    "refused.m4a": "ffmpeg IN -c:a aac -b:a 32k OUT",
    "refused.aiff": "ffmpeg IN -t 0.02 OUT",
}


def run(words):
    subprocess.run(words, check=True)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    wav = OUT / "in.wav"
    quiet = ["ffmpeg", "-v", "error", "-y", "-bitexact"]
    run([*quiet, "-ss", "0.1", "-t", "0.2", "-i", str(VOICE), "-bitexact", str(wav)])
    for name, command in FILES.items():
        target = OUT / name
        words = []
        for word in command.split():
            words += {
                "ffmpeg": quiet,
                "IN": ["-i", str(wav)],
                "STEREO": ["-i", str(wav), "-filter_complex", TWO],
                "WAV": [str(wav)],
                "OUT": [str(target)],
            }.get(word, [word])
        run(words)
        if name.startswith("refused"):
            continue
        if name in ("mono.flac", "fixed.flac"):
            # The same samples as those of rf64.wav.
            continue
        mean = ["-af", MEAN] if name.split(".")[0] in ("w24", "stereo24", "stereo") else []
        read = target
        if name.endswith(".ogg"):
            # ffmpeg leaves out the first samples of Vorbis; its makers' own decoder does not.
            read = OUT / "in.wav.ogg"
            run(["oggdec", "-Q", "-o", str(read), str(target)])
        if name.endswith(".opus"):
            # ffmpeg brings SILK to 48,000 by a way of its own.
            read = OUT / "in.wav.ogg"
            run(["opusdec", "--quiet", "--rate", "48000", "--no-dither", "--force-wav", str(target), str(read)])
        run(["ffmpeg", "-v", "error", "-y", "-i", str(read), *mean, "-f", "s16le", f"{target}.s16"])
        (OUT / "in.wav.ogg").unlink(missing_ok=True)
    wav.unlink()


main()
