"""Import of the tree, sight, relations, the three officers."""

from datetime import date

import pytest

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.organizations.domain.appointing import appoint
from luoshi.foundation.organizations.domain.importing import read_tree, write_tree
from luoshi.foundation.organizations.domain.queries.names import expand, unit_by_name
from luoshi.foundation.organizations.domain.queries.relations import relation
from luoshi.foundation.organizations.domain.queries.sight import units_in_sight
from luoshi.foundation.organizations.enums import Relation, Role
from luoshi.foundation.organizations.models import Unit
from tests.story import DATA, START, SYSTEM, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tree() -> None:
    """The sample tree."""
    write_tree(read_tree(DATA / "samples" / "units.xlsx"), actor=SYSTEM, at=START)


def seen(unit: str, role: str) -> set[str]:
    """What a post of a unit sees."""
    found = Unit.objects.get(short_name=unit)
    actor = Actor(kind="person", role=role, unit_id=found.pk)
    return set(units_in_sight(actor).values_list("short_name", flat=True))


def test_import_is_whole_and_idempotent() -> None:
    """Features row 1: 60 units; a second import changes nothing."""
    assert Unit.objects.count() == 60
    again = read_tree(DATA / "samples" / "units.xlsx")
    assert {row.change for row in again.units} == {"same"}
    assert Unit.objects.get(short_name="安澜县").path == "01/0101/010101/"


def test_names_aliases_and_collective_names() -> None:
    """Aliases resolve; 各县（区） expands; a role word stands for nobody in particular."""
    assert str(unit_by_name("市住建局")) == "市住房城乡建设局"
    assert {str(unit) for unit in expand("各县（区）")} == {"安澜县", "松屏县", "柳堰区"}
    assert expand("牵头单位") == []


def test_city_office_sees_own_level_and_next_never_two() -> None:
    """Decision 8, S3-112: own level and the next level down."""
    sight = seen("市委办公室", Role.SUPERVISION_OFFICER)
    assert {"市财政局", "市委组织部", "安澜县", "柳堰区"} <= sight
    assert not {"谷泉县", "望川市", "省委办公厅", "市家庭服务业协会"} & sight


def test_province_office_sees_cities_not_counties() -> None:
    """Decision 8: never two levels down."""
    sight = seen("省委办公厅", Role.SUPERVISION_OFFICER)
    assert {"清源市", "望川市", "市委办公室"} <= sight
    assert not {"安澜县", "谷泉县"} & sight


def test_handling_unit_sees_its_own_branch_only() -> None:
    """Decision 8: a bureau sees itself."""
    assert seen("市财政局", Role.LIAISON) == {"市财政局"}
    assert seen("市委办公室", Role.SYSTEM_ADMIN) == set()


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ("市委办公室", "市财政局", Relation.COMMANDS),
        ("市委办公室", "安澜县", Relation.COMMANDS),
        ("市政协办公室", "市财政局", Relation.NO_COMMAND),
        ("市家庭服务业协会", "市财政局", Relation.EXTERNAL),
        ("市委办公室", "望川市", Relation.NO_COMMAND),
    ],
)
def test_relation_chooses_wording(upper: str, lower: str, expected: str) -> None:
    """A1, decision 9, S2-90: three kinds of office. A Party committee's directs its own level and
    those below, a CPPCC's may only request of the government, an association stands outside."""
    one, other = (Unit.objects.get(short_name=name) for name in (upper, lower))
    assert relation(one, other) == expected


def test_an_officer_holds_no_business_post() -> None:
    """GB/T 22239 5.1: one officer role and no business post, by constraint."""
    user = person("jin", "金毅")
    unit = Unit.objects.get(short_name="市委办公室")
    common = {"person": user, "unit": unit, "starts_on": date(2026, 1, 1)}
    appoint(role=Role.SYSTEM_ADMIN, title="甲", actor=SYSTEM, at=START, **common)
    for role in (Role.AUDITOR, Role.SUPERVISION_OFFICER):
        with pytest.raises(Refused) as refused:
            appoint(role=role, title="乙", actor=SYSTEM, at=START, **common)
        assert refused.value.code == "one-officer-class"
