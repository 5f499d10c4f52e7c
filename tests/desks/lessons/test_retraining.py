"""New weights are kept only where they are not worse; rolling back is one act."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from luoshi.desks.lessons.domain.choosing import choose
from luoshi.desks.lessons.domain.queries.knowing import weights_of
from luoshi.desks.lessons.domain.retraining import ask_to_retrain, not_worse, run, split
from luoshi.desks.lessons.models import GateVersion, TrainingRow
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.reading.gate.training import Example
from luoshi.foundation.reading.gate.weights import Weights
from tests.desks.lessons.reading import AT
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
BINDS = (
    "市财政局要于2026年6月30日前报送情况。",
    "各县区政府每季度末向市政府办公室报告进展。",
    "市应急局牵头，3月底前完成排查。",
    "承办单位须在收到之日起15日内答复。",
    "市水务局负责制定整治方案，报市政府审定。",
    "由市教育局会同市财政局提出意见。",
)
TELLS = (
    "去年全市累计完成改造12处，受到好评。",
    "要提高政治站位，持之以恒抓好落实。",
    "会议听取了市财政局的汇报。",
    "近年来，我市先后出台多项措施。",
    "有的单位主动上门服务，很有启发。",
    "本办法自印发之日起施行。",
)
SMALL = [
    Example(text, "direct", "receipt", binds)
    for binds, texts in ((True, BINDS), (False, TELLS))
    for text in texts
]


def decided(world: World, count: int, *, wrong: bool = False) -> None:
    """So many decided sentences, as the shipped set has them, or all the other way round."""
    examples = SMALL
    TrainingRow.objects.bulk_create(
        TrainingRow(
            office=world.office,
            draft_id=uuid4(),
            document_id=uuid4(),
            sentence=one.sentence,
            mode=one.mode,
            anchor=one.anchor,
            binds=one.binds is not wrong,
            decision="accepted" if one.binds is not wrong else "rejected",
            decided_by_name="李文清",
            decided_at=AT - timedelta(minutes=count - place),
        )
        for place, one in ((n, examples[n * 7 % len(examples)]) for n in range(count))
    )


def test_good_weights_are_kept_and_used() -> None:
    """Equal is enough; the figures of both stand on the version and in the trail."""
    world = make_world()
    decided(world, 30)
    version = ask_to_retrain(office_id=world.office.pk, actor=world.officer, at=AT)
    assert (version.number, version.state) == (1, "waiting")
    run(version=version, at=AT, base=SMALL)
    version.refresh_from_db()
    assert (version.state, version.active, version.rows, version.newest) == ("kept", True, 30, 6)
    assert set(version.figures) == {"fifth", "shipped"}
    assert not_worse(version.figures)
    assert weights_of(world.office.pk) == Weights.from_json(version.weights)
    assert Entry.objects.filter(action="lessons.trained").count() == 1


def test_worse_weights_are_refused_with_both_figures() -> None:
    """Rows that contradict the shipped set spoil it: the weights in use stay."""
    world = make_world()
    decided(world, 60, wrong=True)
    version = ask_to_retrain(office_id=world.office.pk, actor=world.officer, at=AT)
    done = run(version=version, at=AT, base=SMALL)
    assert (done.state, done.active) == ("refused", False)
    shipped = done.figures["shipped"]
    assert shipped["after"]["f1"] < shipped["before"]["f1"]
    assert weights_of(world.office.pk) is None
    assert Entry.objects.filter(action="lessons.training_refused").count() == 1
    with pytest.raises(Refused) as refused:
        choose(version=done, actor=world.officer, at=AT)
    assert refused.value.code == "not-kept"


def test_a_killed_training_ends_as_an_undisturbed_one() -> None:
    """The row stands as running; taken up again it gives the same weights, and only once."""
    world = make_world()
    decided(world, 25)
    version = ask_to_retrain(office_id=world.office.pk, actor=world.officer, at=AT)
    GateVersion.objects.filter(pk=version.pk).update(state="running", done=3)
    first = run(version=version, at=AT, base=SMALL)
    second = run(version=version, at=AT + timedelta(hours=1), base=SMALL)
    assert (first.state, first.weights, first.finished_at) == (
        second.state,
        second.weights,
        second.finished_at,
    )


def test_rolling_back_is_one_act_and_forward_again_too() -> None:
    """Version 0 is the weights as shipped; exactly one version is in use."""
    world = make_world()
    decided(world, 20)
    asked = ask_to_retrain(office_id=world.office.pk, actor=world.officer, at=AT)
    made = run(version=asked, at=AT, base=SMALL)
    shipped = GateVersion.objects.get(number=0)
    choose(version=shipped, actor=world.chief, at=AT)
    assert weights_of(world.office.pk) is None
    with pytest.raises(Refused):
        choose(version=GateVersion.objects.get(number=0), actor=world.chief, at=AT)
    choose(version=GateVersion.objects.get(pk=made.pk), actor=world.officer, at=AT)
    assert list(GateVersion.objects.filter(active=True).values_list("number", flat=True)) == [1]
    with pytest.raises(IntegrityError), transaction.atomic():
        GateVersion.objects.filter(number=0).update(active=True)


@pytest.mark.parametrize("count", [0, 19])
def test_too_few_rows_are_refused(count: int) -> None:
    """Nothing is learned from a handful."""
    world = make_world()
    decided(world, count)
    with pytest.raises(Refused) as refused:
        ask_to_retrain(office_id=world.office.pk, actor=world.officer, at=AT)
    assert refused.value.code == "too-few-rows"
    assert GateVersion.objects.count() == 0


def test_one_training_at_a_time_and_by_a_person_of_the_office() -> None:
    """A second one is refused, other offices and leaders are."""
    world = make_world()
    decided(world, 20)
    ask_to_retrain(office_id=world.office.pk, actor=world.officer, at=AT)
    with pytest.raises(Refused) as refused:
        ask_to_retrain(office_id=world.office.pk, actor=world.chief, at=AT)
    assert refused.value.code == "training-under-way"
    for other in (world.liaison, world.leader):
        with pytest.raises(Forbidden):
            ask_to_retrain(office_id=world.office.pk, actor=other, at=AT)


def test_the_newest_fifth_is_held_out() -> None:
    """By the instant of the decision; at least one row."""
    world = make_world()
    decided(world, 21)
    rows = list(TrainingRow.objects.order_by("decided_at", "pk"))
    older, newest = split(rows)
    assert (len(older), len(newest)) == (17, 4)
    assert newest[-1].sentence == rows[-1].sentence
