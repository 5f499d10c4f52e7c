"""Words without a number: 及时, 尽快, 立即, 随时, 定期 … with the office's visible default (A9)."""

import re

CUES = (
    (
        "as_prescribed",
        r"(?:按|在|于)[^，。；]{0,12}?(?:规定|要求|确定|明确|限定)的?(?:时限|期限|时间)内?|规定时限|(?<!能)(?<!未)按时限|限期|(?<!能)(?<!未)按期|(?<!能)(?<!未)按时",
    ),
    ("irregular", r"不定期"),
    ("regular", r"(?<!不)定期"),
    ("immediate", r"立即|马上|即刻|立刻|第一时间|随到随办|即知即改|即时"),
    ("asap", r"尽快|抓紧|尽早|从快|迅速"),
    ("on_demand", r"随时|适时|根据需要|视情"),
    ("same_day", r"当日|当天|即日"),
    ("timely", r"(?<!不)及时"),
)
INSPECT = re.compile(r"抽查|检查|整改|办结|完成|督查|督察|督导|调研|巡查|走访|排查|调度|更新|会商")
COMPILED = [(name, re.compile(pattern)) for name, pattern in CUES]
DEFAULT_DAYS = {"timely": 5, "asap": 10, "immediate": 1, "regular": 90, "same_day": 0}
DELIVER = re.compile(
    r"报告|上报|报送|通报|报备|汇报|反馈|告知|答复|移交|交办|续报|首报|报[^告]|送达|备案|公布|公开|提交|"
    r"办理|完善|到场|会商|召开|派|拿出|提出|制定|出台|兑现|公示|上线"
)
