"""A task in the background is ended for certain, and its failure is told."""

import asyncio

from structlog.testing import capture_logs

from services.chassis.tasks import Background, end


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


async def test_a_task_in_the_background_runs_once_until_it_is_stopped_and_may_begin_anew() -> None:
    begun = 0

    async def run() -> None:
        nonlocal begun
        begun += 1
        await asyncio.Event().wait()

    background = Background("waits", run)
    await background.stop()
    for times in (1, 2):
        await background.start()
        await background.start()
        await asyncio.sleep(0)
        (task,) = (task for task in asyncio.all_tasks() if task.get_name() == "waits")
        await background.stop()
        assert task.cancelled()
        assert begun == times


async def test_a_task_in_the_background_that_fails_says_so() -> None:
    async def run() -> None:
        raise ValueError("what nobody else would see")

    background = Background("fails", run)
    with capture_logs() as logged:
        await background.start()
        await asyncio.sleep(0)
        await background.stop()
    assert [(line["event"], line["task"], line["log_level"]) for line in logged] == [
        ("background_task_failed", "fails", "error")
    ]
