"""A task that turns a cancellation into an error of its own is ended all the same."""

import asyncio

from services.chassis.tasks import end


async def test_a_task_that_outlives_its_first_cancellation_is_ended() -> None:
    survived = 0

    async def stubborn() -> None:
        nonlocal survived
        while survived < 3:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                survived += 1
        await asyncio.sleep(60)

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    await asyncio.wait_for(end([task]), 10)
    assert task.cancelled()


async def test_a_task_that_ended_with_an_error_is_no_error_now() -> None:
    async def fails() -> None:
        raise ValueError

    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    await end([task])
    await end([])
