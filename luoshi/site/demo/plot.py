"""The plot: what was decided, when (working days before the last day), for whom, and how it goes.

Ends: new, registered, unsigned, running, review, returned, overdue, late, done, revoked.
"""

from dataclasses import dataclass

from luoshi.supervision.rulebook.enums import Regime


@dataclass(frozen=True)
class Thread:
    """One matter of the story."""

    title: str
    regime: str
    days_ago: int
    units: tuple[str, ...]
    end: str
    progress: str
    purpose: str = "推动部署落地见效"


INSTRUCTION, DECISION, POINTS = Regime.INSTRUCTION, Regime.DECISION, Regime.POINTS
MEETING, DOCUMENT, KEY = Regime.MEETING, Regime.DOCUMENT, Regime.KEY_TASK
HOUSING, MONEY, RESCUE = "市住房城乡建设局", "市财政局", "市应急局"
WATER, SCHOOL, GREEN, ROADS = "市水务局", "市教育局", "市生态环境局", "市交通运输局"

PLOT = (
    Thread(
        "加快推进城区老旧燃气管网更新改造",
        INSTRUCTION,
        24,
        (HOUSING, MONEY),
        "overdue",
        "已完成老旧管网普查1286公里，资金方案正在会商",
    ),
    Thread(
        "青石水库坝体渗漏隐患处置",
        INSTRUCTION,
        60,
        (WATER, RESCUE),
        "done",
        "除险加固全部完成，通过专家验收",
    ),
    Thread(
        "全市化工园区安全风险评估“回头看”",
        INSTRUCTION,
        40,
        (RESCUE,),
        "late",
        "两个园区评估报告已提交，整改问题23个",
    ),
    Thread(
        "落实省委农村工作会议精神",
        MEETING,
        20,
        ("安澜县", "松屏县", "柳堰区"),
        "running",
        "已召开常委会会议传达学习，制定任务清单",
    ),
    Thread(
        "优化营商环境重点任务分解",
        DECISION,
        70,
        (MONEY, ROADS),
        "running",
        "12项任务已分解到9个单位，完成7项",
    ),
    Thread(
        "关于低空经济产业布局的批示",
        INSTRUCTION,
        45,
        (ROADS,),
        "running",
        "已征求5个县区意见，正在汇总",
    ),
    Thread(
        "第一批安全生产百日攻坚行动",
        POINTS,
        75,
        (RESCUE,),
        "running",
        "排查隐患4312处，整改率91.3%",
    ),
    Thread("年度十件民生实事", POINTS, 80, (HOUSING, SCHOOL), "running", "开工8件，完成前期2件"),
    Thread(
        "河湖水环境整治专项行动",
        DECISION,
        66,
        (GREEN, WATER),
        "running",
        "国控断面水质优良比例88.9%",
    ),
    Thread(
        "关于中心城区停车难问题的批示",
        INSTRUCTION,
        12,
        (HOUSING,),
        "review",
        "新增泊位2300个，方案已公示",
    ),
    Thread("农村公路改造提升", KEY, 50, (ROADS,), "review", "完成改造112公里，占年度任务62%"),
    Thread("中小学学位扩容", KEY, 55, (SCHOOL,), "done", "新增公办学位4600个，秋季全部投用"),
    Thread(
        "小型水库大坝安全鉴定", INSTRUCTION, 30, (WATER,), "returned", "已完成37座，剩余座数未列明"
    ),
    Thread("城市内涝点位整治", DOCUMENT, 18, (HOUSING, WATER), "running", "37处点位已整治21处"),
    Thread("保障农民工工资支付专项行动", INSTRUCTION, 9, (HOUSING,), "unsigned", ""),
    Thread("防汛应急演练", DOCUMENT, 2, (RESCUE,), "unsigned", ""),
    Thread("社区老年食堂建设", KEY, 35, ("柳堰区",), "running", "建成31个，运营28个"),
    Thread("入河排污口整治", POINTS, 62, (GREEN,), "late", "完成整治84个，验收61个"),
    Thread("政务数据共享清单编制", DECISION, 1, (MONEY,), "registered", ""),
    Thread("全市人才公寓分配办法修订", INSTRUCTION, 52, (HOUSING,), "revoked", ""),
    Thread("乡镇污水处理设施运行情况核查", INSTRUCTION, 1, (GREEN,), "new", ""),
    Thread(
        "冬春火灾防控督查",
        INSTRUCTION,
        28,
        (RESCUE, "安澜县"),
        "overdue",
        "检查单位1860家，督促整改问题972个",
    ),
    Thread(
        "校园食品安全专项整治", INSTRUCTION, 58, (SCHOOL,), "done", "排查食堂412家，问题全部整改"
    ),
    Thread(
        "国道复线清源段主体工程", KEY, 33, (ROADS, "松屏县"), "running", "路基完成86%，桥梁完成7座"
    ),
    Thread("跨市界河联防联控", DECISION, 26, (WATER, "望川市"), "running", "签订协议，联合巡查4次"),
)
