"""The story's document: province → city, city → county and bureau, opened and signed for, urged."""

from datetime import datetime
from io import BytesIO
from typing import Any

from luoshi.desks.documents.domain import passing_on
from luoshi.desks.documents.domain.sending import send_document
from luoshi.desks.documents.domain.urging import urge
from luoshi.desks.documents.models import DocumentUrge
from luoshi.foundation.exchange.domain.dispatch.dispatching import Cover
from luoshi.foundation.exchange.domain.dispatch.handling import open_arrival, sign_for
from luoshi.foundation.exchange.enums import NOT_SIGNED, Handling, Progress
from luoshi.foundation.exchange.models import Addressee, Arrival, Dispatch
from luoshi.site.trials.levels.finding import person, unit
from luoshi.site.trials.levels.places import BUREAU, CITY, COUNTY

NOTICE = "关于做好汛期危险房屋巡查工作的通知"
PASSED_ON = f"转发《{NOTICE}》"
TEXT = f"""{NOTICE}

各市委：
汛期将至，请组织力量对已排查登记的危险房屋逐栋巡查，发现险情立即转移人员。
一、巡查每日一次，降雨期间加密。
二、巡查情况纳入危险房屋排查整治报告。
"""


def send_down(_found: Any, at: datetime) -> None:
    """The province's clerk sends the notice to the city office."""
    cover = Cover(NOTICE, "临办发〔2026〕18号", "加急", "请认真贯彻落实。", "通知")
    files = [(f"{NOTICE}.txt", BytesIO(TEXT.encode()))]
    send_document(cover=cover, units=[unit(CITY)], files=files, actor=person("tang"), at=at)


def pass_on(came: Arrival, at: datetime) -> None:
    """The city's clerk passes it on with the city's own covering note, the file as it came."""
    cover = Cover(PASSED_ON, "清办发〔2026〕31号", "加急", "现转发你们，请照此办理。", "通知")
    units = [unit(COUNTY), unit(BUREAU)]
    passing_on.pass_on(arrival=came, cover=cover, units=units, actor=person("lv"), at=at)


def sent(title: str) -> bool:
    """Whether this level has sent it."""
    return Dispatch.objects.filter(title=title).exists()


def arrival(title: str, name: str) -> Arrival | None:
    """What lies before a unit of this level."""
    return Arrival.objects.filter(title=title, unit__short_name=name).first()


def signed(title: str, name: str) -> Arrival | None:
    """What a unit of this level has signed for."""
    found = arrival(title, name)
    return found if found is not None and found.state == Handling.SIGNED else None


def read_and_sign(found: Arrival, username: str, at: datetime) -> None:
    """Open it, and sign for it."""
    actor = person(username)
    sign_for(arrival=open_arrival(arrival=found, actor=actor, at=at), actor=actor, at=at)


def receipt(title: str, name: str) -> Addressee | None:
    """The row of a unit on the sender's board, once it says that the unit has signed."""
    rows = Addressee.objects.filter(dispatch__title=title, unit__short_name=name)
    return rows.filter(state=Progress.SIGNED).first()


def waits() -> Addressee | None:
    """The bureau's row, once it has the document; it has not signed."""
    rows = Addressee.objects.filter(dispatch__title=PASSED_ON, unit__short_name=BUREAU)
    return rows.filter(state__in=NOT_SIGNED).first()


def hurry(found: Addressee, at: datetime) -> None:
    """The city's clerk urges who has not signed."""
    urge(dispatch=found.dispatch, actor=person("lv"), at=at)


def hurried() -> bool:
    """Whether the clerk has urged."""
    return DocumentUrge.objects.filter(addressee__dispatch__title=PASSED_ON).exists()
