"""When silence closes a conversation, by either way of counting, and the warning before."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from contracts.parameters import InactivityFrom, TopicSettings
from services.router.domain.inactivity import Close, Signs, Step, Wait, Warn, first_look, next_step

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def topic(counted_from: InactivityFrom, warning: int = 60) -> TopicSettings:
    return TopicSettings(
        id=UUID(int=1),
        name="Sprzedaż",
        inactivity_seconds=600,
        inactivity_warning_seconds=warning,
        inactivity_from=counted_from,
    )


def message_step(now: float, *, answered: float = 0, wrote: float | None = None, warned: float | None = None) -> object:
    signs = Signs(
        "active",
        answered_at=at(answered),
        wrote_at=None if wrote is None else at(wrote),
        gone_at=at(0),
        warned_at=None if warned is None else at(warned),
    )
    return next_step(topic("last_message"), signs, at(now))


def test_a_visitor_who_has_written_within_is_left_alone() -> None:
    assert message_step(500, wrote=400) == Wait(at(940))


def test_a_silent_visitor_is_warned_and_then_the_conversation_is_closed() -> None:
    assert message_step(539, wrote=0) == Wait(at(540))
    assert message_step(540, wrote=0) == Warn(closes_at=at(600))
    assert message_step(541, wrote=0, warned=540) == Wait(at(600))
    assert message_step(600, wrote=0, warned=540) == Close()


def test_who_writes_after_the_warning_is_warned_anew_in_the_next_silence() -> None:
    assert message_step(600, wrote=550, warned=540) == Wait(at(1090))
    assert message_step(1090, wrote=550, warned=540) == Warn(closes_at=at(1150))


def test_the_visitors_silence_begins_no_sooner_than_an_agent_has_the_conversation() -> None:
    assert message_step(900, answered=800, wrote=0) == Wait(at(1340))


def test_a_visitor_who_waits_for_an_agent_is_not_silent_by_their_last_message() -> None:
    for state in ("waiting", "offered"):
        assert next_step(topic("last_message"), Signs(state, wrote_at=at(0)), at(9999)) is None


def test_by_the_page_a_visitor_is_silent_once_it_is_closed_in_any_state_that_is_not_over() -> None:
    by_page = topic("page_closed")
    for state in ("waiting", "offered", "active"):
        assert next_step(by_page, Signs(state, wrote_at=at(0)), at(9999)) is None
        gone = Signs(state, wrote_at=at(0), gone_at=at(100))
        assert next_step(by_page, gone, at(200)) == Wait(at(640))
        assert next_step(by_page, gone, at(640)) == Warn(closes_at=at(700))


def test_by_the_page_who_has_written_since_it_was_closed_has_one_open_again() -> None:
    for wrote, expected in ((50, Warn(at(700))), (300, Wait(at(840)))):
        signs = Signs("active", wrote_at=at(wrote), gone_at=at(100))
        assert next_step(topic("page_closed"), signs, at(640)) == expected


def test_what_is_over_is_closed_by_nobody() -> None:
    assert next_step(topic("page_closed"), Signs("closed", gone_at=at(0)), at(9999)) is None


def test_without_a_warning_it_is_closed_when_the_time_is_over() -> None:
    quiet = topic("page_closed", warning=0)
    assert next_step(quiet, Signs("active", gone_at=at(0)), at(599)) == Wait(at(600))
    assert next_step(quiet, Signs("active", gone_at=at(0)), at(600)) == Close()


def test_nobody_is_closed_without_the_warning_however_late_it_comes() -> None:
    gone = Signs("active", gone_at=at(0))
    assert next_step(topic("page_closed"), gone, at(5000)) == Warn(closes_at=at(5060))
    warned = Signs("active", gone_at=at(0), warned_at=at(5000))
    assert next_step(topic("page_closed"), warned, at(5001)) == Wait(at(5060))


def test_the_first_look_is_when_the_warning_would_be_due() -> None:
    assert first_look(topic("page_closed"), at(0)) == at(540)
    assert first_look(topic("page_closed", warning=0), at(0)) == at(600)


moments = st.integers(0, 5000)


@given(
    st.sampled_from(("page_closed", "last_message")),
    st.sampled_from((0, 60, 599)),
    moments,
    st.none() | moments,
    st.none() | moments,
    st.lists(st.integers(1, 400), max_size=12),
)
def test_each_silence_has_one_warning_and_one_end_however_often_and_late_it_is_looked_at(
    counted_from: InactivityFrom, warning: int, answered: int, wrote: int | None, gone: int | None, pauses: list[int]
) -> None:
    settings = topic(counted_from, warning)
    now = max(answered, wrote or 0, gone or 0)
    warned_at: datetime | None = None
    closes_at: datetime | None = None

    def look() -> Step | None:
        return next_step(
            settings,
            Signs(
                "active",
                answered_at=at(answered),
                wrote_at=None if wrote is None else at(wrote),
                gone_at=None if gone is None else at(gone),
                warned_at=warned_at,
            ),
            at(now),
        )

    for pause in [*pauses, 10_000, 10_000, 10_000]:
        match look():
            case None:
                assert counted_from == "page_closed"
                assert gone is None
                return
            case Warn(closes_at=closes_at):
                assert warned_at is None, "warned twice"
                assert closes_at >= at(now + warning)
                warned_at = at(now)
            case Wait(until=until):
                assert until > at(now)
            case Close():
                assert warning == 0 or (closes_at is not None and closes_at <= at(now))
                return
        now += pause
    raise AssertionError("never closed")
