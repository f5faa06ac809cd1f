"""What else happens: parameters and accounts change, topics close, messages come late or again, and time passes."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from contracts import conversation as asked
from contracts.parameters import Hours, Opening
from tests.state_machine.company import Company, Punctuality, any_one, punctual

CLOSED = Hours(time_zone="UTC", weekly=())

accounts = st.one_of(
    st.fixed_dictionaries({"capacity": st.integers(1, 4), "default_capacity": st.just(False)}),
    st.just({"default_capacity": True}),
    st.fixed_dictionaries({"topics": st.integers(1, 3), "priority": st.integers(1, 9)}),
)
common = st.fixed_dictionaries({"default_capacity": st.integers(1, 4), "break_after_missed": st.booleans()})
patience = st.fixed_dictionaries(
    {
        "inactivity_seconds": st.sampled_from([30, 300, 600]),
        "inactivity_warning_seconds": st.sampled_from([0, 20]),
        "inactivity_from": st.sampled_from(["page_closed", "last_message"]),
    }
)
choices = st.fixed_dictionaries({"choice": st.sampled_from(["longest_idle", "round_robin", "fewest_chats"])})
hours = st.fixed_dictionaries({"minutes": st.sampled_from([None, None, 0, 2])})


class House(Company):
    """The rules of the house and of the post."""

    @rule(seconds=st.sampled_from([1, 1, 2, 3, 5, 8, 10, 20]))
    def time_passes(self, seconds: int) -> None:
        self.system.pass_time(seconds)

    @rule(seconds=st.sampled_from([30, 30, 60, 70, 400]))
    def much_time_passes(self, seconds: int) -> None:
        self.system.pass_time(seconds)

    @precondition(lambda self: self.under_way)
    @rule(which=any_one)
    def something_late_arrives(self, which: int) -> None:
        """In any order, and after what was sent later."""
        message = self.under_way.pop(which % len(self.under_way))
        if isinstance(message, asked.ConversationCommand | asked.SetStatus):
            self.arrives(message)
        else:
            self.system.tell(message)

    @precondition(lambda self: self.sent)
    @rule(which=any_one)
    def a_command_arrives_again(self, which: int) -> None:
        self.arrives(self.sent[-1 - which % len(self.sent)])

    @rule(agent=any_one, change=accounts, when=punctual)
    def an_account_changes(self, agent: int, change: dict[str, Any], when: Punctuality) -> None:
        if "topics" in change:
            chosen = tuple(topic for bit, topic in zip((1, 2), self.topics, strict=True) if change["topics"] & bit)
            change = {"topic_ids": chosen, "priorities": {chosen[0]: change["priority"]}}
        self.register(self.agent(agent).id, when, **change)

    @rule(topic=any_one, change=st.one_of(common, patience, choices, hours))
    def a_parameter_changes(self, topic: int, change: dict[str, Any]) -> None:
        """Of hours: the topic closes now, or in two minutes, or is always open."""
        if "break_after_missed" in change:
            self.save_routing(**change)
            return
        if "minutes" in change:
            change = {"hours": self._hours(change["minutes"])}
        self.save_topic(self.state.topics[self.one_of(self.topics, topic)], **change)

    def _hours(self, minutes: int | None) -> Hours:
        if minutes is None:
            return Hours()
        closes = self.state.now + timedelta(minutes=minutes)
        if minutes == 0 or closes.strftime("%H:%M") == "00:00":
            return CLOSED
        opening = Opening(day=self.state.now.isoweekday(), opens="00:00", closes=closes.strftime("%H:%M"))
        return Hours(time_zone="UTC", weekly=(opening,))
