"""What a verb right before a length says of it: something came in, was done, went out, happened.

The words are the field's; the classes those of tests/data/reading/own/README.md ("What a limit
counts from"). The longest ending wins.
"""

from luoshi.foundation.reading.patterns import compiled

RECEIVED = """
接手 知情 领案 领样 收讫 打回 捕捉到 受领任务 接任务 接预报 接求助 转立案庭 收到 接到 接报 接诉 接警
接令 接单 接件 接案 接访 接获 收件 收单 收案 收文 收函 收样 收货 收稿 领件 领单 领办 领到
领受 受领 受托 受命 见信 见函 见单 到手 入手 送到 送来 送审 送交 送检 报审 报批 报备 交来
交办 交稿 交卷 递交 递来 传到 传来 寄到 寄达 寄来 发来 发回 退回 转来 转到 转办 转交 批转
批回 移来 移交 移送 派单 派发 报漏 报修 报失 报警 求助 求救 投诉 举报 检举 反映 申请 申诉
申领 提出 诉求 呼叫 来电 来访 来信 来函 约请 催办 点派 告知 获知 得知消息 得到消息 听到消息
接到消息
拿到 领回 接卡 递件 看到 出动令 补齐 补正 送齐 交齐 备齐
递进来 报上来 送上来 交上来 转过来 移过来 报过来
"""
DONE = """
印成
活动 收兵 侦结 用毕 封签 写成 成文 施药过 发还 停止经营 得出 完 毕 妥 罢 好 清 尽 净 掉 收尾 完结
终结 终了 告终 结束 收官 竣工 完工 收工 交工 就绪 停当 落定 收齐 收拢 汇齐 汇拢 汇总 凑拢
采齐 评定 定等 定档 定损 定性 定价 定稿 定案 定标 测定 划定 勘定 标定 判定 查清 核清 调查
查勘 踏勘 勘查 勘测 勘验 丈量 测量 测绘 复测 检测 检验 检定 化验 抽样 取证 普查 摸底 摸排
排查 清查 清点 盘点 盘库 清理 清运 清淤 清洗 清洁 清扫 消毒 消杀 打扫 保洁 维修 抢修 检修
修复 修缮 修补 修好 改造 整治 整改 治理 加固 拆除 拆迁 腾退 腾空 腾挪 搬迁 搬离 安置 回填
铺设 浇筑 封堵 封存 围挡 设限 并网 闭库 卸载 关停 下架 撤下 召回 销毁 核算 结算 决算 清算
对账 审计 审核 审结 结案 案结 评估 评审 评议 评价 评卷 阅卷 论证 测算 分析 统计 编制 编印
起草 拟稿 修订 校对 印制 打印 打印出来 录入 归档 装订 分拣 分解 分班 分房 面谈 谈后 走访
家访 回访 入户 慰问 宣讲 培训 轮训 集训 演练 演习 考试 考核 测评 测试 试走 评比 评选 遴选
面试 体检 政审 考察 募捐 招标 评标 采购 询价 比选 验货 播种 收割 补植 移栽 造林 防治 接种
施药 查房 会诊 交接 交割 接管 撤离 转移 转运 疏散 扑救 灭火 救援 搜救 处置 化解 调解 善后
复盘 总结 述职 训诫 约谈完 考完 召集 认账 自查 自评 互查 互评 复核 复查 复检 抽查 抽检 检查
核查 诊断 初审 重办 督查 督导 巡查 巡检 调研 洗后 挂牌后 抢通 疏通 排除 排险
讨论 免疫 手术 扑灭 核对无误 自检合格
"""
WENT_OUT = """
印发 寄发 下发 分发 制发 核发 颁发 换发 补发 签发完 发出 寄出 发布 公布 公告 公开 刊发 刊登 登报
见报 张贴 张榜 贴出 贴上 挂出 挂网 上网 上墙 通报 点名 被点名 出具 开具 开出 出台 出版 出刊
出分 放榜 揭榜 揭晓 下达 拨付 拨出 下拨 放款 打款 颁奖 播出 发函 推出 发行
"""
HELD = """
会议开过 会开过 开过会 会开完
散会 散场 会毕 会后 会散 开完会 休会 闭会 闭幕 会议 会上 议定 会商 座谈
"""
SIGNED = "签订 签署 签约 签字 签妥 签好 签完 订立 签下 签了字 签完字"
OTHERS = (
    ("term_start", "到岗 履职 任职 到任 就任 上任 履新 任命 聘任 接任 当选"),
    ("term_end", "离任 卸职 卸任 免职 离职 退休 任满 届末"),
    ("acceptance", "受理 立项受理 验收合格 竣工验收 完工验收 验收通过"),
    ("deadline", "截止 终了 期限过 到期 期满 届满 逾期 终止日"),
    ("feedback", "反馈"),
)
HAPPENED = """
出库 公示 入职 建档 到校 到库 到村 到站 到家 到港 归国 归队 归校 获牌 获奖 摘牌 进村 进场
进校 入库 入学 入园 缴入国库 入国库 翻番 超标 查到 露出来 开立 领取 取得 打通 谈话 到位
核定 查明 核实 鉴定 定级 视察 采样 取样 停运 离点 撤点 曝光 宣布 宣读 送达 立项 立案 登记
变更 注销 撤销 启用 停用 开工 投产 获批 批准 批复 同意 审定 选定 确定 认定 确认 比对确认
通过 归来 返回 返程 回来 到货 到账 入账 到场 到达 抵达 出院 入院 发现 查实 查出 暴露 生效
施行 实施 挂牌 成立 开学 开馆 缴纳 缴清 履行 解困 成交 交还 交付 入住 搬入 迁入 建成 投用
上线 运行 恢复 解除 中断 停电 停水 停气 断电 断水 损毁 损坏 翻覆 失联 失踪 死亡 出生 受伤
聚集 到访 离会 公证 裁定 判决 宣判 作出 表决 约定 谈崩 启动 申报完 报到 退出 撤离点 开标
中标 拨备 降级 升级 换用 调价 出让 转让
"""
CLASSES: tuple[tuple[str, str], ...] = (
    ("receipt", RECEIVED),
    ("completion", DONE),
    ("issue", WENT_OUT),
    ("meeting", HELD),
    ("sign", SIGNED),
    *OTHERS,
    ("event", HAPPENED),
)
KIND = {word: anchor for anchor, words in CLASSES for word in words.split()}
LONGEST = max(map(len, KIND))
SUBJECT = r"(?:，?[^，。；\d＿后]{2,14}?)?"
AFTER = compiled(
    r"(?P<what>[\u4e00-\u9fff”]{1,12}?)(?:当[日天]|之日起?算?起?|之时起?|之后|以后|(?<![先前今此随然最])后|(?<=[\u4e00-\u9fff])起)"
    rf"(?:的?次日|的?第二[天日]|的?翌日|的)?{SUBJECT}，?(?:应当?|须|要|必须|务必)?(?:[在于])?$"
)
"""回填后，市城投集团应于7日内: what is said to end, happen or come in."""
BARE = compiled(
    r"(?P<what>[\u4e00-\u9fff”]{2,12}?)(?:次日|第二[天日]|翌日)?(?:应当?|须|要|必须|务必)?(?:[在于])?$"
)
"""查勘毕7日内, 到手72小时内: the verb alone."""
BY_OTHERS = compiled(r"(?:经|启动|委托|报请)[^，。；]{0,16}$|通过[^，。；]{0,2}$")
"""经市整改办审核后: what others do happens."""
ENDED = compiled(r"[完毕妥罢尽]$|收尾$|结束$|归来$|定稿$|案结$|结案$|成文$|写成$|封签$")
WITH_OBJECT = compiled(
    r"(?<![\u4e00-\u9fff]不)[收量交签打算查看走填修装拆搬发退核验评测种割采跑开问谈录印]完[\u4e00-\u9fff]{1,4}$"
)
"""收完费二十天内, 量完地一周内."""
PASSIVE = compiled(r"被[\u4e00-\u9fff]{2,4}，[^，。；\d]{0,14}(?:应当?|须|要|必须)?(?:[在于])?$")
"""拒载被查实，运管所7个工作日内."""
COME_THERE = compiled(
    r"(?:^|[，；。、])(?![^，。；]{0,6}(?:会|通知|精神))[^，。；]{1,10}(?:到|进)(?![位底期此一二三四五六七八九十])(?:(?![的月年])[\u4e00-\u9fff]){1,6}，[\u4e00-\u9fff]{2,12}(?:应当?|须|要|必须)?(?:[在于])?$"
)
"""新管子拉到工地，区质监站三天之内: a thing that comes is an event."""
PAPER = (
    r"(?:指令|命令|通知|文件|[来公复]?函|信件?|名单|清单|材料|资料|单子?(?!位)|票据?|文书|决定书?|鉴定书|"
    r"请示|电话|消息|报告|线索|案件|案卷|样品?|条子|提案|建议|申请|通报|[特急]件)"
)
ARRIVES = compiled(
    rf"{PAPER}(?:[\u4e00-\u9fff]{{0,4}}?)(?:一)?(?:到手?|送到|送来|传到[^，。；]{{1,6}}|递(?:上|进)?来了?|下来|上来|来了?|进门|到了)(?:之?后|以后)?，?(?:[^，。；\d]{{0,12}}?)(?:应当?|须|要|必须)?(?:[在于])?$"
)
"""停课指令一到，学校一小时内: a paper that comes in; a thing or money that comes is an event."""


def kind(words: str) -> str | None:
    """The class of the verb `words` end with; None where the field's words say nothing."""
    for length in range(min(LONGEST, len(words)), 0, -1):
        if found := KIND.get(words[-length:]):
            return found
    return None


def begun(words: str) -> str | None:
    """The class of the last verb before its object where the object changes nothing: 领受案件 is
    receipt, 签订合同 is signing; what is done to a thing or happens to it is said otherwise."""
    for start in range(len(words) - 2, -1, -1):
        if found := KIND.get(words[start : start + 2]):
            sent = words[start : start + 2] in {"下达", "印发", "寄发"}
            return found if found in {"receipt", "sign"} or sent else None
    return None


ONCE = compiled(
    r"(?<![第进统唯])一(?![次批个份年月天周轮名条项件场期种把遍篇张家户时])(?:经)?(?P<what>[\u4e00-\u9fff]{1,5})，[^，。；\d]{0,16}?(?:应当?|须|要|必须|就)?(?:[在于])?$"
)
"""红色预警一挂出，包片领导15分钟内."""
COMES = compiled(r"[到出来齐成下起开过定]$")
HANDED = compiled(
    r"(?:收到|接到|获知|得知|听到|见到|拿到|领到|受领|领受|接过|接了|收了|接(?=[\u4e00-\u9fff]{0,4}(?:求助|预报|线索|报告|指令|任务|通知|电话|举报)))(?!钱|款|人)[^，。；\d]{1,12}$"
)
"""见到过户凭证7个工作日内: what was taken in hand."""
ENDS = compiled(
    r"(?<![会议段期度])(?:结束|完毕|收官|竣工|完工|用毕)，(?:[\u4e00-\u9fff]{2,10})?(?:应当?|须|要|必须)?(?:[在于])?$"
)
"""阳光分班结束，各校两日内."""


def said_by(before: str) -> str | None:
    """What the verb right before a length (or before 后, 之日起, 次日) says of it."""
    if ARRIVES.search(before):
        return "receipt"
    if head := AFTER.search(before):
        found = kind(head.group("what")) or begun(head.group("what"))
        others = found == "completion" and BY_OTHERS.search(before, 0, head.end("what"))
        return "event" if others else found
    if HANDED.search(before):
        return "receipt"
    if ENDS.search(before) or WITH_OBJECT.search(before):
        return "completion"
    if PASSIVE.search(before) or COME_THERE.search(before):
        return "event"
    if then := ONCE.search(before):
        found = kind(then.group("what"))
        if found or COMES.search(then.group("what")):
            return found or "event"
    bare = BARE.search(before)
    found = kind(bare.group("what")) if bare else None
    if bare and found == "completion" and not ENDED.search(bare.group("what")):
        return None  # 开展排查30日内: the limit of what is to be done
    return found
