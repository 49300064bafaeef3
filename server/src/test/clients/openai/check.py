"""What OpenAI's own Python client gets from a Snug server.

    python check.py http://127.0.0.1:8080

Every check ends the script where it fails. The oracle for sound is the server's own PCM: a WAV file
and the pieces of a stream must hold the same samples, because equal words, voice and seed are equal
sound; what is compressed must begin as its format does, and be as long as its bit rate says.
"""

import base64
import io
import json
import struct
import sys
import time

import openai

TEXT = "Xin chào các bạn. Hôm nay trời đẹp quá, chúng ta cùng nhau đi dạo trong công viên nhé."
LONG = TEXT * 12
RATE = 24_000


def check(what, fact):
    if not fact:
        sys.exit(f"FAILED: {what}")
    print(f"ok: {what}", flush=True)


def samples(pcm):
    return struct.unpack(f"<{len(pcm) // 2}h", pcm)


def wav_data(wav):
    """The samples' bytes; the lengths of a stream say "unknown", so they go to the end."""
    check("a WAV file begins with RIFF, WAVE", wav[:4] == b"RIFF" and wav[8:12] == b"WAVE")
    at = 12
    while wav[at : at + 4] != b"data":
        if wav[at : at + 4] == b"fmt ":
            kind, channels, rate = struct.unpack("<HHI", wav[at + 8 : at + 16])
            check("it is PCM, mono, 24 kHz", kind in (1, 0xFFFE) and (channels, rate) == (1, RATE))
        at += 8 + struct.unpack("<I", wav[at + 4 : at + 8])[0]
    return wav[at + 8 :]


def speak(client, **more):
    wish = {"model": "tts-1", "voice": "alloy", "input": TEXT} | more
    return client.audio.speech.create(**wish)


def formats(client):
    pcm = speak(client, response_format="pcm").content
    seconds = len(pcm) / 2 / RATE
    check(f"pcm is {seconds:.1f} s of sound", 3 < seconds < 15 and max(samples(pcm)) > 1000)
    check("wav holds the same samples", wav_data(speak(client, response_format="wav").content) == pcm)
    mp3 = speak(client).content
    check("mp3, which is the default, begins with its tag", mp3[:3] == b"ID3")
    check(f"mp3 has 64 kbit/s, {len(mp3)} bytes", 0.9 < len(mp3) / (8000 * seconds) < 1.2)
    flac = speak(client, response_format="flac").content
    check(f"flac is shorter than pcm, {len(flac)} bytes", flac[:4] == b"fLaC" and len(flac) < len(pcm))
    opus = speak(client, response_format="opus").content
    check(
        f"opus in Ogg is shorter than mp3, {len(opus)} bytes",
        opus[:4] == b"OggS" and b"OpusHead" in opus[:64] and len(opus) < len(mp3),
    )
    slow = speak(client, response_format="pcm", speed=0.5).content
    check("half the speed is twice as long", 1.6 < len(slow) / len(pcm) < 2.4)
    return pcm


def streams(client, pcm):
    began = time.monotonic()
    first = None
    pieces = []
    with client.audio.speech.with_streaming_response.create(
        model="gpt-4o-mini-tts", voice="alloy", input=LONG, response_format="pcm", instructions="slowly"
    ) as answer:
        note = answer.headers["x-snug-note"]
        for piece in answer.iter_bytes():
            first = first or time.monotonic() - began
            pieces.append(piece)
    whole = time.monotonic() - began
    check(f"the note says what was not done: {note}", "instructions" in note)
    check(
        f"the first of {len(pieces)} pieces came after {first:.2f} of {whole:.2f} s",
        len(pieces) > 2 and first < whole / 2,
    )

    deltas = []
    usage = None
    with client.audio.speech.with_streaming_response.create(
        model="tts-1", voice="alloy", input=TEXT, response_format="pcm", stream_format="sse"
    ) as answer:
        check("events have their type", answer.headers["content-type"].startswith("text/event-stream"))
        for line in answer.iter_lines():
            if line:
                event = json.loads(line.removeprefix("data: "))
                if event["type"] == "speech.audio.delta":
                    deltas.append(base64.b64decode(event["audio"]))
                else:
                    check("behind them comes speech.audio.done", event["type"] == "speech.audio.done")
                    usage = event["usage"]
    check(f"{len(deltas)} events hold the same samples", b"".join(deltas) == pcm)
    check(f"usage: {usage}", usage["input_tokens"] == len(TEXT) == usage["total_tokens"])


def refused(kind, code, param, call):
    try:
        call()
    except openai.APIStatusError as error:
        check(
            f"{type(error).__name__} {error.status_code}, code {error.code}, param {error.param}",
            type(error) is kind and error.code == code and error.param == param and error.body["message"],
        )
        return
    sys.exit(f"FAILED: {code} was not refused")


def errors(client):
    bad = openai.BadRequestError
    refused(bad, "unsupported_value", "response_format", lambda: speak(client, response_format="aac"))
    refused(bad, "bad_question", "speed", lambda: speak(client, speed=4.5))
    refused(bad, "string_above_max_length", "input", lambda: speak(client, input="a" * 4097))
    refused(bad, "voice_not_found", "voice", lambda: speak(client, voice={"id": "nobody"}))
    refused(openai.NotFoundError, "model_not_found", "model", lambda: speak(client, model="gpt-5"))
    refused(openai.NotFoundError, "model_not_found", "model", lambda: client.models.retrieve("gpt-5"))
    large = openai.APIStatusError
    refused(large, "too_large", None, lambda: speak(client, instructions="a" * 100_000))


def models(client):
    ids = [model.id for model in client.models.list()]
    check(f"models: {ids}", "snug-vi" in ids)
    check("one is found by its name", client.models.retrieve("snug-vi").id == "snug-vi")
    check("and by OpenAI's", client.models.retrieve("tts-1").id == "snug-vi")


def voices(client):
    recording = speak(client, voice="female-south", response_format="flac").content

    def add(name, text=TEXT):
        return client.audio.voices.create(
            name=name,
            audio_sample=("me.flac", io.BytesIO(recording), "audio/flac"),
            consent="none is kept",
            extra_body={"text": text},
        )

    made = add("client-test")
    check(f"a voice is made of a recording: {made.id}", made.object == "audio.voice")
    refused(openai.ConflictError, "voice_exists", "name", lambda: add("client-test"))
    refused(openai.BadRequestError, "bad_question", None, lambda: add("client-test-2", "a"))
    listed = client.get("/audio/voices", cast_to=object)["voices"]
    check("it is listed as one's own", any(v["id"] == made.id and v["own"] for v in listed))
    own = speak(client, voice={"id": made.id}, input="Xin chào.", response_format="pcm").content
    check("it speaks", max(samples(own)) > 1000)
    check("it is removed", client.audio.voices.delete(made.id).deleted)
    refused(openai.NotFoundError, "voice_not_found", "voice", lambda: client.audio.voices.delete(made.id))


def main():
    base = sys.argv[1].rstrip("/") + "/v1"
    print(f"openai {openai.__version__} asks {base}")
    client = openai.OpenAI(base_url=base, api_key="any will do on loopback", max_retries=0)
    models(client)
    pcm = formats(client)
    streams(client, pcm)
    errors(client)
    voices(client)
    print("all is well")


main()
