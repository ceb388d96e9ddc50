"""The demo's customers and what stands inside them: twelve made-up organisations, trees of four levels."""

from dataclasses import dataclass

# An org tree by indentation; behind a bar the titles of people in that unit, the first one its head.
BANK = """
Head office 总行 | President, Executive vice president
  Information technology 信息科技部 | CIO, Deputy CIO
    Data centre 数据中心 | Head of operations, Network manager, Shift supervisor
      Networks 网络组 | Network engineer, Security engineer
      Platforms 平台组 | Systems engineer
    Software centre 软件中心 | Head of architecture, Core banking lead
  Finance 计财部 | CFO, Budget controller
    Procurement 采购中心 | Procurement manager, Buyer
"""
GRID = """
Group 集团公司 | General manager, Chief engineer
  Dispatch 调度中心 | Dispatch director, Automation manager
    Telecoms 通信处 | Head of telecoms, Fibre engineer
      Field crew 现场班 | Crew leader
  Digital 数字化部 | Digital director, Platform architect
    Metering 计量中心 | Metering manager, Data engineer
  Materials 物资公司 | Tender manager, Buyer
"""
METRO = """
Metro group 地铁集团 | Chairman, Vice president
  Operations 运营公司 | Operations director, Duty manager
    Signalling 信号车间 | Signalling head, Lead engineer, Maintenance planner
      Line 4 四号线 | Line engineer
    Communications 通信车间 | CTO, Radio engineer
  Construction 建设公司 | Project director, Site engineer
    Contracts 合约部 | Contracts manager
"""
CAMPUS = """
University 校本部 | Vice president, Registrar
  Information centre 信息化中心 | Director, Deputy director
    Networks 网络部 | Network lead, Wireless engineer
      Campus south 南校区 | Support engineer
    Teaching systems 教学系统部 | Teaching systems lead
  Research office 科研处 | Research director, Computing lead
  Assets 资产处 | Procurement officer
"""
HOSPITAL = """
Hospital 院本部 | President, Vice president
  Information 信息科 | IT director, Systems manager, Service desk lead
    Clinical systems 临床系统组 | Clinical systems lead, Interface engineer
      Imaging 影像组 | Imaging engineer
  Nursing 护理部 | Head of nursing
  Equipment 设备科 | Equipment manager, Buyer
  Finance 财务科 | Finance director
"""
OILFIELD = """
Oil field 油田公司 | General manager, Deputy general manager
  Exploration 勘探院 | Chief geologist, Data manager
    Computing 计算中心 | Computing director, Storage engineer
      Seismic 地震处理组 | Processing engineer
  Production 采油厂 | Plant director, Automation lead
    Instruments 仪表队 | Instrument engineer
  Supply 物资处 | Supply manager
"""
TELECOM = """
Province company 省公司 | General manager, Deputy general manager
  Network 网络部 | Network director, Planning manager
    Core 核心网中心 | Core network lead, Core engineer
      Voice 话音组 | Voice engineer
    Transport 传输中心 | Transport lead
  Government and enterprise 政企部 | Business director, Solutions manager
  Procurement 采购部 | Procurement director, Buyer
"""
FACTORY = """
Works 总厂 | Managing director, Chief engineer
  Manufacturing 制造部 | Plant manager, Process engineer
    Workshop one 一车间 | Workshop lead
      Line control 线控班 | Control engineer
  IT 信息部 | IT manager, Systems engineer
  Purchasing 采购部 | Purchasing manager
  Quality 质量部 | Quality lead
"""


@dataclass(frozen=True)
class Customer:
    """One organisation: who looks after it and how well it is looked after (`care`, 0 neglected … 1 close)."""

    name: str
    short_name: str
    industry: str
    tier: str
    region: str
    rep: str
    tree: str
    care: float
    is_public_sector: bool = False
    opportunity: str = ""


CUSTOMERS = [
    Customer(
        "Hengtong Bank 恒通银行",
        "Hengtong Bank",
        "Banking",
        "strategic",
        "North",
        "ann",
        BANK,
        0.55,
        opportunity="Core banking upgrade",
    ),
    Customer(
        "Lanhai Metro Group 蓝海地铁集团",
        "Metro Group",
        "Transport",
        "strategic",
        "North",
        "ann",
        METRO,
        0.65,
        True,
        "Line 4 signalling network",
    ),
    Customer(
        "First Hospital of Yunzhou 云州第一医院",
        "First Hospital",
        "Health",
        "key",
        "North",
        "ann",
        HOSPITAL,
        0.45,
        True,
        "Imaging archive",
    ),
    Customer(
        "Beichen Heavy Works 北辰重工", "Beichen Works", "Manufacturing", "standard", "North", "ann", FACTORY, 0.4
    ),
    Customer(
        "Jingyuan Power Grid 景源电网",
        "Jingyuan Grid",
        "Energy",
        "strategic",
        "North",
        "dan",
        GRID,
        0.75,
        True,
        "Dispatch data network",
    ),
    Customer(
        "Qingshan University 青山大学",
        "Qingshan University",
        "Education",
        "key",
        "North",
        "dan",
        CAMPUS,
        0.6,
        True,
        "Campus wireless",
    ),
    Customer(
        "Donghe Oil Field 东河油田",
        "Donghe Oil Field",
        "Energy",
        "key",
        "North",
        "fay",
        OILFIELD,
        0.65,
        opportunity="Seismic computing cluster",
    ),
    Customer("Anping Rural Bank 安平农商行", "Anping Bank", "Banking", "standard", "North", "fay", BANK, 0.45),
    Customer(
        "Nanling Telecom 南岭电信",
        "Nanling Telecom",
        "Telecoms",
        "strategic",
        "South",
        "cleo",
        TELECOM,
        0.75,
        opportunity="5G core expansion",
    ),
    Customer(
        "Haixi Port Group 海西港口集团",
        "Haixi Port",
        "Transport",
        "key",
        "South",
        "cleo",
        METRO,
        0.55,
        opportunity="Terminal private network",
    ),
    Customer(
        "Meihua Children’s Hospital 梅花儿童医院",
        "Meihua Hospital",
        "Health",
        "key",
        "South",
        "gus",
        HOSPITAL,
        0.6,
        True,
    ),
    Customer(
        "Xingchen Institute of Technology 星辰理工学院",
        "Xingchen Institute",
        "Education",
        "standard",
        "South",
        "gus",
        CAMPUS,
        0.5,
        True,
    ),
]

# key: name, rank, team, administrator, language
COLLEAGUES = {
    "ann": ("Ann Lee 李安", "rep", "North", False, "en"),
    "ben": ("Ben Zhao 赵本", "manager", "North", False, "en"),
    "cleo": ("Cleo Sun 孙可", "rep", "South", False, "en"),
    "eve": ("Eve Xu 徐夏", "executive", "", False, "en"),
    "ada": ("Ada Qian 钱雅", "manager", "", True, "en"),
    "dan": ("Dan Wu 吴丹", "rep", "North", False, "zh-hans"),
    "fay": ("Fay Lin 林菲", "rep", "North", False, "zh-hans"),
    "gus": ("Gus Gao 高谷", "rep", "South", False, "zh-hans"),
    "hal": ("Hal Song 宋海", "manager", "South", False, "zh-hans"),
    "ivy": ("Ivy Tan 谭艾", "rep", "Solutions", False, "en"),
    "jon": ("Jon Ma 马骏", "rep", "Delivery", False, "en"),
}
SIGN_INS = ("ann", "ben", "cleo", "eve", "ada")
LEADS = {"North": "ben", "South": "hal"}

SUMMARIES = [
    "They walked us through the current set-up; two racks are out of support next spring.",
    "Asked for a comparison on running costs over five years, not only price.",
    "Liked the failover demonstration; wants the same test in their own lab.",
    "Budget is approved in principle; the written request goes up next week.",
    "Worried about the migration window: four hours on a Sunday at most.",
    "Mentioned that another supplier offered a free trial until the end of the quarter.",
    "Agreed on the acceptance list; three points are still open on our side.",
    "Introduced us to the colleague who will write the technical requirements.",
    "Happy with the last delivery, less so with how long the answer to a ticket took.",
    "Explained how the decision is prepared: the working group proposes, finance signs.",
    "Looked at the training plan; eight people will come in two groups.",
    "Short talk in the corridor: the reorganisation is delayed until after the new year.",
]
STEPS = [
    "Send the migration test plan",
    "Name two reference customers",
    "Prepare the cost comparison over five years",
    "Invite them to the reference site",
    "Answer the open acceptance points",
    "Bring our architect along",
    "Ask who writes the tender",
    "Send the training dates",
]
CONCERNS = [
    "That nothing stops during the month-end run.",
    "Being left alone with the system after the project.",
    "A supplier that is still there in ten years.",
    "Explaining the cost to the board.",
    "Too many tools for a small team.",
]
