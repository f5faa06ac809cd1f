"""The domain's rules keep the product's promises, in whatever order things happen."""

from hypothesis import settings
from hypothesis.stateful import precondition, rule

from tests.state_machine.agents import Agents
from tests.state_machine.company import any_one
from tests.state_machine.house import House
from tests.state_machine.pure import PureRouter
from tests.state_machine.visitors import Visitors


class PureCompany(Visitors, Agents, House):
    system: PureRouter

    def new_system(self) -> PureRouter:
        return PureRouter()

    @precondition(lambda self: self.system.alarms.settled)
    @rule(which=any_one)
    def a_timer_that_is_settled_rings(self, which: int) -> None:
        before = self.logs()
        self.system.ring_again(which)
        assert self.logs() == before, "a timer rang for what was settled, and something happened"


PureCompany.TestCase.settings = settings(max_examples=250, stateful_step_count=50, deadline=None, print_blob=True)
TestPureCompany = PureCompany.TestCase
