"""Asks a Snug server with Triton's own client of the Open Inference Protocol; not part of the build.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python triton_client.py http://127.0.0.1:8080 CLASSIFIER VOICE PICTURE.png [TOKEN]

It says what it got, and ends with an error where an answer differs from that of /v1.
"""

import json
import sys
import urllib.request

import numpy as np
import tritonclient.http as triton


def v1(url, path, body, content_type, headers):
    request = urllib.request.Request(
        url + path, body, {**headers, "Content-Type": content_type}
    )
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def tensor(name, values, datatype, binary=True):
    array = np.array(values)
    given = triton.InferInput(name, array.shape, datatype)
    given.set_data_from_numpy(array, binary_data=binary)
    return given


def main(url, classifier, voice, picture, token=None):
    # The client adds to what it is given, so each call gets a copy.
    headers = {"Authorization": "Bearer " + token} if token else {}
    client = triton.InferenceServerClient(url.removeprefix("http://"))
    assert client.is_server_live(headers) and client.is_server_ready(headers)
    print(client.get_server_metadata(headers))
    print(client.get_model_metadata(classifier, headers=dict(headers)))
    with open(picture, "rb") as file:
        content = file.read()

    expected = {
        each["id"]: np.float32(each["probability"])
        for each in json.loads(
            v1(url, "/v1/classifications?model=" + classifier, content, "image/png", headers)
        )["classes"]
    }
    pictures = tensor("picture", np.array([content, content], dtype=np.object_), "BYTES")
    for outputs in (
        None,
        [
            triton.InferRequestedOutput("probabilities", binary_data=False),
            triton.InferRequestedOutput("classes", binary_data=False),
        ],
    ):
        answer = client.infer(
            classifier, [pictures], outputs=outputs, request_id="7", headers=dict(headers)
        )
        names = [
            name.decode() if isinstance(name, bytes) else name
            for name in answer.as_numpy("classes")
        ]
        for row in answer.as_numpy("probabilities"):
            assert dict(zip(names, row)) == expected, (dict(zip(names, row)), expected)
        assert answer.get_response()["id"] == "7"
    print("probabilities are those of /v1/classifications:", expected)

    text = "Xin chào các bạn."
    pcm = v1(
        url,
        "/v1/speech",
        json.dumps({"model": voice, "text": text, "format": "pcm"}).encode(),
        "application/json",
        headers,
    )
    words = np.array([text.encode()], dtype=np.object_)
    for binary in (True, False):
        answer = client.infer(
            voice,
            [tensor("text", words, "BYTES", binary)],
            outputs=[
                triton.InferRequestedOutput("sound", binary_data=binary),
                triton.InferRequestedOutput("sample_rate", binary_data=binary),
            ],
            headers=dict(headers),
        )
        sound = answer.as_numpy("sound")
        assert sound.dtype == np.int16 and sound.shape == (1, len(pcm) // 2), sound.shape
        assert sound.tobytes() == pcm
        assert answer.as_numpy("sample_rate").tolist() == [24000]
    print("sound is that of /v1/speech:", sound.shape)

    client.unload_model(classifier, headers=dict(headers))
    assert not client.is_model_ready(classifier, headers=dict(headers))
    try:
        client.infer(classifier, [pictures], headers=dict(headers))
        raise AssertionError("an unloaded model answered")
    except triton.InferenceServerException as refusal:
        print("refused:", refusal)
    print(client.get_model_repository_index(headers))
    client.load_model(classifier, headers=dict(headers))
    assert client.is_model_ready(classifier, headers=dict(headers))
    client.infer(classifier, [pictures], headers=dict(headers))
    print("ok")


if __name__ == "__main__":
    main(*sys.argv[1:])
