"""What the people of one level do in the story, in order.

python -m luoshi.site.trials.levels.acts CODE     (in the installation's environment)
"""

import sys

import django

django.setup()

from luoshi.foundation.core.refusals import Refusal  # noqa: E402
from luoshi.site.demo.levels import ABOVE, BELOW  # noqa: E402
from luoshi.site.trials.levels import matters, papers  # noqa: E402
from luoshi.site.trials.levels.finding import share  # noqa: E402
from luoshi.site.trials.levels.places import BUREAU, CITY, COUNTY  # noqa: E402
from luoshi.site.trials.levels.walking import Missing, Step, walk  # noqa: E402


def begins() -> bool:
    """A step that builds upon nothing."""
    return True


PROVINCE_STEPS = (
    Step(
        f"许峰 registers {ABOVE} and assigns it to {CITY}",
        "nothing",
        begins,
        matters.ask_city,
        lambda: matters.registered(ABOVE),
    ),
    Step(
        f"唐宁 sends {papers.NOTICE} with its file to {CITY}",
        "nothing",
        begins,
        papers.send_down,
        lambda: papers.sent(papers.NOTICE),
    ),
    Step(
        f"唐宁 sees on the board: {CITY} has signed for the document",
        "the city's receipt",
        lambda: papers.receipt(papers.NOTICE, CITY),
    ),
    Step(
        f"许峰 accepts the roll-up of {CITY}",
        "the city's report",
        lambda: matters.waiting(ABOVE, CITY),
        lambda found, at: matters.take(found, "xu", at),
        lambda: matters.accepted(ABOVE, CITY) is not None,
    ),
    Step(
        "许峰 sees the mark on the accepted report: a county below has corrected its figure",
        "the mark of the correction below",
        matters.outdated,
    ),
)

CITY_STEPS = (
    Step(
        f"梅岚 signs for the province's slip {ABOVE}",
        "the province's slip",
        lambda: share(ABOVE, CITY),
        lambda found, at: matters.sign(found, "mei", at),
        lambda: matters.signed(ABOVE, CITY),
    ),
    Step(
        f"李文清 registers {BELOW} under the province's number, asks {COUNTY} and {BUREAU}",
        "the province's slip",
        lambda: share(ABOVE, CITY),
        matters.ask_below,
        lambda: matters.registered(BELOW),
    ),
    Step(
        "吕文 opens the province's document and signs for it",
        "the province's document",
        lambda: papers.arrival(papers.NOTICE, CITY),
        lambda found, at: papers.read_and_sign(found, "lv", at),
        lambda: papers.signed(papers.NOTICE, CITY) is not None,
    ),
    Step(
        f"吕文 passes it on to {COUNTY} and {BUREAU}",
        "the city's own signature",
        lambda: papers.signed(papers.NOTICE, CITY),
        papers.pass_on,
        lambda: papers.sent(papers.PASSED_ON),
    ),
    Step(
        f"张立 ({BUREAU}) signs for the slip and asks for an extension",
        "the bureau's slip",
        lambda: share(BELOW, BUREAU),
        matters.ask_time,
        matters.asked_time,
    ),
    Step(
        f"李文清 accepts the report of {COUNTY}",
        "the county's report",
        lambda: matters.waiting(BELOW, COUNTY),
        lambda found, at: matters.take(found, "li", at),
        lambda: matters.accepted(BELOW, COUNTY) is not None,
    ),
    Step(
        "梅岚 composes the roll-up from the county's rows and reports to the province",
        "the county's accepted report",
        matters.below,
        matters.roll_up,
        lambda: matters.reported(ABOVE, CITY),
    ),
    Step(
        f"李文清 accepts the correction of {COUNTY}; the city's own report is marked out of date",
        "the county's correction, or the province's acceptance",
        matters.correction,
        lambda found, at: matters.take(found, "li", at),
        lambda: matters.accepted(BELOW, COUNTY, correction=True) is not None,
    ),
    Step(
        f"吕文 sees on the board: {COUNTY} has signed for the document",
        "the county's receipt",
        lambda: papers.receipt(papers.PASSED_ON, COUNTY),
    ),
    Step(
        f"吕文 urges {BUREAU}, which has not signed for the document",
        "the word that the bureau has it",
        papers.waits,
        papers.hurry,
        papers.hurried,
    ),
)

COUNTY_STEPS = (
    Step(
        f"蒋华 signs for the city's slip {BELOW}",
        "the city's slip",
        lambda: share(BELOW, COUNTY),
        lambda found, at: matters.sign(found, "jiang", at),
        lambda: matters.signed(BELOW, COUNTY),
    ),
    Step(
        "童越 opens the document the city sent on and signs for it",
        "the city's document",
        lambda: papers.arrival(papers.PASSED_ON, COUNTY),
        lambda found, at: papers.read_and_sign(found, "tong", at),
        lambda: papers.signed(papers.PASSED_ON, COUNTY) is not None,
    ),
    Step(
        "蒋华 reports the county's figure with a paper",
        "the city's slip",
        lambda: share(BELOW, COUNTY),
        matters.report_figure,
        lambda: matters.reported(BELOW, COUNTY),
    ),
    Step(
        "蒋华 corrects the accepted figure: a township had been left out",
        "the city's acceptance",
        lambda: matters.accepted(BELOW, COUNTY),
        matters.put_right,
        lambda: matters.reported(BELOW, COUNTY, corrects__isnull=False),
    ),
)

STEPS = {"P33": PROVINCE_STEPS, "C3301": CITY_STEPS, "X330101": COUNTY_STEPS}


def main(code: str) -> int:
    """Take the steps; the last line says why it could not go on."""
    try:
        walk(STEPS[code], lambda words: print(words, flush=True))  # noqa: T201 - to its conductor
    except (Missing, Refusal) as problem:
        print(problem, flush=True)  # noqa: T201 - as above
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
