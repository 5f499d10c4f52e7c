"""The exchange's own event loops beside those of other rooms' tests."""

import asyncio
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def no_loop_of_a_browser() -> Iterator[None]:
    """A browser of Playwright leaves its loop running in the process; in a relay none runs."""
    left = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(left)
