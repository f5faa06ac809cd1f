"""Live keys: bound as long as somebody needs them, once, and before anybody reads."""

import asyncio

import pytest

from services.chassis.errors import Unavailable
from services.gateway.bindings import Bindings


class Keys:
    """A broker that keeps a diary, and fails or waits when told to."""

    def __init__(self) -> None:
        self.diary: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.fails = False

    async def bind(self, key: str) -> None:
        await self.gate.wait()
        if self.fails:
            raise Unavailable("no broker")
        self.diary.append(f"bind {key}")

    async def unbind(self, key: str) -> None:
        await self.gate.wait()
        self.diary.append(f"unbind {key}")


async def test_a_key_is_bound_once_for_all_who_hold_it() -> None:
    keys = Keys()
    bindings = Bindings(keys)
    await asyncio.gather(*(bindings.hold("a") for _ in range(5)))
    assert keys.diary == ["bind a"]


async def test_nobody_reads_before_the_key_is_bound() -> None:
    keys = Keys()
    keys.gate.clear()
    bindings = Bindings(keys)
    holders = [asyncio.create_task(bindings.hold("a")) for _ in range(2)]
    await asyncio.sleep(0)
    assert not any(holder.done() for holder in holders)
    keys.gate.set()
    await asyncio.gather(*holders)


async def test_a_key_nobody_holds_is_unbound_by_the_sweep_and_a_held_one_is_not() -> None:
    keys = Keys()
    bindings = Bindings(keys)
    for key in ("a", "a", "b"):
        await bindings.hold(key)
    bindings.release("a")
    bindings.release("b")
    await bindings.sweep()
    assert keys.diary == ["bind a", "bind b", "unbind b"]


async def test_a_page_that_comes_back_before_the_sweep_finds_its_key_bound() -> None:
    keys = Keys()
    bindings = Bindings(keys)
    await bindings.hold("a")
    bindings.release("a")
    await bindings.hold("a")
    await bindings.sweep()
    assert keys.diary == ["bind a"]


async def test_who_comes_while_a_key_is_being_unbound_has_it_bound_anew() -> None:
    keys = Keys()
    bindings = Bindings(keys)
    await bindings.hold("a")
    bindings.release("a")
    keys.gate.clear()
    sweep = asyncio.create_task(bindings.sweep())
    await asyncio.sleep(0)
    holder = asyncio.create_task(bindings.hold("a"))
    await asyncio.sleep(0)
    keys.gate.set()
    await asyncio.gather(sweep, holder)
    assert keys.diary == ["bind a", "unbind a", "bind a"]


async def test_a_key_that_could_not_be_bound_is_not_held() -> None:
    keys = Keys()
    keys.fails = True
    bindings = Bindings(keys)
    with pytest.raises(Unavailable):
        await bindings.hold("a")
    keys.fails = False
    await bindings.hold("a")
    assert keys.diary == ["bind a"]
