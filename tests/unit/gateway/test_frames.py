"""Every frame that cannot be taken is answered readably: the code, the field, the request."""

import json
from typing import Any

import pytest

from contracts.refusals import RefusalCode
from contracts.wire import MAX_FRAME_BYTES, Post, Send
from services.gateway.frames import Unreadable, read_frame

ID, STREAM = "5f0c4f6e-6a36-4d5c-9a8e-0b1f5b0f9a11", "c1a3f1c2-7f0e-4a52-8d57-2f7f3b6b6e42"


def send(**action: Any) -> str:
    return json.dumps({"t": "send", "id": ID, "stream": STREAM, "action": action})


def test_a_message_is_read_with_its_letters_and_emoticons() -> None:
    frame = read_frame(send(do="post", text="Zażółć gęślą jaźń 🙂 https://example.com"))
    assert isinstance(frame, Send)
    assert frame.action == Post(text="Zażółć gęślą jaźń 🙂 https://example.com")


@pytest.mark.parametrize(
    ("text", "code", "field", "names_the_request"),
    [
        ("{", RefusalCode.INVALID, "frame", False),
        ("[]", RefusalCode.INVALID, "frame", False),
        ("{}", RefusalCode.INVALID, "t", False),
        ('{"t": "shout"}', RefusalCode.INVALID, "t", False),
        (send(do="post", text="x" * 4001), RefusalCode.TOO_LONG, "text", True),
        (send(do="post", text="   "), RefusalCode.INVALID, "text", True),
        (send(do="post", text="a\0b"), RefusalCode.INVALID, "frame", True),
        (send(do="post", text="x").replace("x", "\\ud800"), RefusalCode.INVALID, "frame", True),
        (send(do="sing"), RefusalCode.INVALID, "do", True),
        (send(), RefusalCode.INVALID, "do", True),
        (send(do="start", topic_id=STREAM, name=""), RefusalCode.INVALID, "name", True),
        (send(do="start", topic_id=STREAM, name="Anna", email="anna"), RefusalCode.INVALID, "email", True),
        (send(do="rate", score="great"), RefusalCode.INVALID, "score", True),
        (json.dumps({"t": "pull", "stream": STREAM, "after": -1}), RefusalCode.INVALID, "after", True),
        (send(do="post", text="x", more="x" * MAX_FRAME_BYTES), RefusalCode.TOO_LONG, "frame", True),
        ("[" * 20_000, RefusalCode.INVALID, "frame", False),
    ],
)
def test_a_frame_that_cannot_be_taken_is_refused_readably(
    text: str, code: RefusalCode, field: str, names_the_request: bool
) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_frame(text)
    refused = refusal.value.refused
    assert (refused.refusal.code, refused.refusal.detail) == (code, field)
    assert (refused.id is not None) is names_the_request


def test_the_limit_counts_bytes_not_letters() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_frame(json.dumps({"t": "pong", "more": "ż" * (MAX_FRAME_BYTES // 2)}, ensure_ascii=False))
    assert refusal.value.refused.refusal.code is RefusalCode.TOO_LONG


def test_a_refusal_never_repeats_what_was_sent() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_frame(send(do="start", topic_id="tajne-hasło", name="Anna"))
    assert "tajne" not in refusal.value.refused.model_dump_json()


def test_a_backslash_before_u0000_is_text_like_any_other() -> None:
    frame = read_frame(send(do="post", text="\\u0000"))
    assert isinstance(frame, Send)
    assert frame.action == Post(text="\\u0000")
