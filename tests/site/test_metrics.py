"""The watched figures for a program on the same machine (security.md 10)."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from luoshi.site import config
from luoshi.site.domain.watching import gauges

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
TOKEN = "a-token-of-thirty-characters-x"


@pytest.fixture
def with_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        settings, "CONFIG", dataclasses.replace(settings.CONFIG, metrics_token=TOKEN)
    )


def asked(**more: Any) -> Any:
    """The page as a program asks for it."""
    return Client().get("/metrics", **more)


@pytest.mark.usefixtures("with_token")
def test_every_gauge_is_told_with_its_light() -> None:
    """security.md 10: what the administrators' page shows, under the same names."""
    page = asked(headers={"Authorization": f"Bearer {TOKEN}"})
    assert page.status_code == 200
    told = {
        family.name: family.samples
        for family in text_string_to_metric_families(page.content.decode())
    }
    wanted = {one.key: one for one in gauges(AT)}
    nodes = {name for name in told if name.startswith("luoshi_exchange_")}
    nodes -= {f"luoshi_{key}" for key in wanted}
    assert nodes == {
        f"luoshi_exchange_{name}"
        for name in (
            "answered",
            "heard_timestamp_seconds",
            "leg_seconds",
            "open",
            "regions",
            "stuck",
        )
    }
    assert told.keys() - nodes == {"luoshi_light", *(f"luoshi_{key}" for key in wanted)}
    assert {sample.labels["gauge"] for sample in told["luoshi_light"]} == wanted.keys()
    assert all(sample.value in {0, 1, 2} for sample in told["luoshi_light"])
    assert told["luoshi_backup_age_seconds"][0].value == float("inf")


@pytest.mark.usefixtures("with_token")
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"headers": {"Authorization": "Bearer wrong"}},
        {"headers": {"Authorization": f"Bearer {TOKEN}"}, "REMOTE_ADDR": "10.1.2.3"},
    ],
)
def test_nobody_else_finds_the_page(more: dict[str, Any]) -> None:
    """security.md 10: on loopback with a token; else there is no such page."""
    assert asked(**more).status_code == 404


def test_without_the_setting_there_is_no_page() -> None:
    """An empty token admits nobody."""
    assert asked(headers={"Authorization": "Bearer "}).status_code == 404


def test_a_short_token_is_refused_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong value is refused with its name; the value itself is not shown."""
    monkeypatch.setenv("LUOSHI_METRICS_TOKEN", "short")
    with pytest.raises(config.WrongSetting) as refused:
        config.read()
    assert "LUOSHI_METRICS_TOKEN" in str(refused.value)
    assert "short" not in str(refused.value)
