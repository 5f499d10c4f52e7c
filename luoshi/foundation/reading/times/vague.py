"""Words without a number: 及时, 尽快, 立即, 随时, 定期 … with the office's visible default (A9)."""

from luoshi.foundation.reading.held import Sieve
from luoshi.foundation.reading.patterns import compiled

CUES = (
    (
        "as_prescribed",
        r"(?:按|在|于)[^，。；]{0,12}?(?:规定|要求|确定|明确|限定)的?(?:时限|期限|时间)内?|规定(?:的)?(?:时限|期限)|(?<!能)(?<!未)按时限|限期|(?<!能)(?<!未)(?<!法)按期|(?<!能)(?<!未)(?<!没有)(?<!没)(?<!不)按时(?!间)|(?<!能)(?<!未)(?<!法)如期",
    ),
    ("irregular", r"不定期"),
    ("regular", r"(?<![不规限])定期(?!限)"),
    (
        "immediate",
        r"(?<!能够)立即|随(?!时)[\u4e00-\u9fff]随(?!地)[\u4e00-\u9fff]|马上(?!就|要|到)|即刻|立刻|第一时间(?!举报|报名|申请人)|随到随办|即知即改|即接即办|接诉即办|即时(?!通|结|查|支付|到账|可|享)|当场|立行立改|立即整改|即查即改",
    ),
    ("asap", r"尽快|抓紧(?!抓)|尽早|从快|迅速|(?<=请)速"),
    ("on_demand", r"随时|适时|根据需要|视情(?!节|况)"),
    (
        "same_day",
        r"(?<!签发)当日(?!\d|事|[\u4e00-\u9fff]{2,4}的)|当天(?![\u4e00-\u9fff]{2,4}的)|即日(?!起)|当晚|今[天日](?:就|下班|晚上|之内|内)|今晚|发现之日|之日(?=[通报])|今日\d|签发当日",
    ),
    ("timely", r"(?<!不)及时"),
)
INSPECT = compiled(
    r"暗访|返工|改正|补正|纠正|明察|回头看|接访|组织|研究|抽查|检查|整改|办结|完成|督查|督察|督导|开会|碰头|调研|巡查|走访|排查|调度|更新|会商"
)
AND_TODAY = compiled(r"立即[^，。；]{1,8}[并且]于?当[日天晚]")
"""立即停产并当日报告: two acts, two words."""
SAME_DAY = compiled(
    r"(?P<day>当[日天晚])[\u4e00-\u9fff]{2,6}、(?=[^，。；、]{0,2}[\d一二两三四五六七八九十次翌])"
)
ON_SPOT = compiled(r"当场|视情")
MOTTO = compiled(r"立行立改|即知即改")
ON_HAND = compiled(r"受理|办理")
"""What is done on the spot beside a limit of the same matter: 能当场解决的当场解决."""
COMPILED = Sieve((name, compiled(pattern)) for name, pattern in CUES)
DEFAULT_DAYS = {"timely": 5, "asap": 10, "immediate": 1, "regular": 90, "same_day": 0}
DELIVER = compiled(
    r"报告|上报|报送|通报|报备|汇报|反馈|告知|答复|移交|交办|续报|首报|报(?!告|道|名)|送达|备案|公布|公开|提交|"
    r"办理|完善|修订|预案|印送|发布|编发|录入|归档|转办|提供|送检|交回|上交|挂失|说明|移送|制订|到场|会商|召开|派|拿出|提出|制定|出台|兑现|公示|上线"
)
