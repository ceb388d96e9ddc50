"""The crowd's customers: two thousand made-up organisations, some large and most small, and the units inside."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise, product

from config.demo import names, portfolio

# A place is a first and a last syllable: fifty of them, none of them on a map.
FIRST = "Qing 青,Lan 蓝,Hong 虹,Bai 白,Jin 金,Yun 云,Chen 辰,Xing 星,Song 松,Mei 梅"
LAST = "ze 泽,yuan 原,ling 岭,wan 湾,tai 台"
KINDS = [
    ("Bank", "银行", "Banking", portfolio.BANK),
    ("Rural Bank", "农商行", "Banking", portfolio.BANK),
    ("Savings Bank", "储蓄银行", "Banking", portfolio.BANK),
    ("Insurance", "保险", "Insurance", portfolio.BANK),
    ("Securities", "证券", "Banking", portfolio.BANK),
    ("Power Grid", "电网", "Energy", portfolio.GRID),
    ("Hydropower", "水电", "Energy", portfolio.GRID),
    ("Gas", "燃气", "Energy", portfolio.GRID),
    ("Water", "水务", "Utilities", portfolio.GRID),
    ("Wind Power", "风电", "Energy", portfolio.GRID),
    ("Metro", "地铁", "Transport", portfolio.METRO),
    ("Port", "港口", "Transport", portfolio.METRO),
    ("Airport", "机场", "Transport", portfolio.METRO),
    ("Railway", "铁路", "Transport", portfolio.METRO),
    ("Bus", "公交", "Transport", portfolio.METRO),
    ("University", "大学", "Education", portfolio.CAMPUS),
    ("Institute of Technology", "理工学院", "Education", portfolio.CAMPUS),
    ("Normal College", "师范学院", "Education", portfolio.CAMPUS),
    ("Vocational College", "职业学院", "Education", portfolio.CAMPUS),
    ("Library", "图书馆", "Education", portfolio.CAMPUS),
    ("First Hospital", "第一医院", "Health", portfolio.HOSPITAL),
    ("People’s Hospital", "人民医院", "Health", portfolio.HOSPITAL),
    ("Children’s Hospital", "儿童医院", "Health", portfolio.HOSPITAL),
    ("Health Group", "健康集团", "Health", portfolio.HOSPITAL),
    ("Pharma", "药业", "Health", portfolio.HOSPITAL),
    ("Oil Field", "油田", "Energy", portfolio.OILFIELD),
    ("Mining", "矿业", "Mining", portfolio.OILFIELD),
    ("Geological Survey", "地质局", "Mining", portfolio.OILFIELD),
    ("Refinery", "炼化", "Energy", portfolio.OILFIELD),
    ("Salt Lake", "盐湖", "Mining", portfolio.OILFIELD),
    ("Telecom", "电信", "Telecoms", portfolio.TELECOM),
    ("Broadcasting", "广电", "Telecoms", portfolio.TELECOM),
    ("Data Centre", "数据中心", "Telecoms", portfolio.TELECOM),
    ("Post", "邮政", "Transport", portfolio.TELECOM),
    ("Satellite", "卫星", "Telecoms", portfolio.TELECOM),
    ("Heavy Works", "重工", "Manufacturing", portfolio.FACTORY),
    ("Steel", "钢铁", "Manufacturing", portfolio.FACTORY),
    ("Motors", "汽车", "Manufacturing", portfolio.FACTORY),
    ("Textiles", "纺织", "Manufacturing", portfolio.FACTORY),
    ("Optics", "光学", "Manufacturing", portfolio.FACTORY),
]
OTHERS = ("Engineer", "Senior engineer", "Specialist", "Planner", "Assistant", "Buyer", "Analyst", "Shift supervisor")
PEOPLE_A_BRANCH = 120
LARGE_FIRST = 5  # the smaller, the more of the crowd works for the few largest


@dataclass(frozen=True)
class Unit:
    """A unit of a customer: how deep it stands, its name, and the titles found in it, the head's first."""

    depth: int
    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Organisation:
    """A customer to be: its names, what it does, and its tree by depth."""

    city: str
    name: str
    short_name: str
    industry: str
    units: tuple[Unit, ...]
    people: int


def organisations(count: int, people: int) -> Iterator[Organisation]:
    """So many of them with so many people in all; neighbours in the row are of different kinds and cities."""
    cities = [(f"{a}{b}", f"{x}{y}") for (a, x), (b, y) in product(names.pairs(FIRST), names.pairs(LAST))]
    for number, size in enumerate(sizes(count, people)):
        again, place = divmod(number, len(cities) * len(KINDS))
        latin, chinese = cities[place % len(cities)]
        kind, kind_zh, industry, tree = KINDS[(place // len(cities) + place) % len(KINDS)]
        mark = f" {again + 1}" if again else ""
        name = f"{latin} {kind}{mark}"
        yield Organisation(latin, f"{name} {chinese}{kind_zh}{mark}", name, industry, units(tree, size), size)


def sizes(count: int, people: int) -> list[int]:
    """How many people each has: a few thousand at the largest, a handful at most of them."""
    weights = [1 / (number + LARGE_FIRST) for number in range(count)]
    whole = sum(weights)
    ends = [0, *(round(people * part / whole) for part in accumulate(weights))]
    return [end - start for start, end in pairwise(ends)]


def units(tree: str, people: int) -> tuple[Unit, ...]:
    """The tree of its kind; a large customer has it once more in each of its branches."""
    lines = tree.strip("\n").splitlines()
    drawn = [Unit((len(line) - len(line.lstrip())) // 2, *told(line)) for line in lines]
    branches = [
        Unit(unit.depth + 1, unit.name if unit.depth else f"Branch {number} 第{number}分部", unit.titles)
        for number in range(1, 1 + people // PEOPLE_A_BRANCH)
        for unit in drawn
    ]
    return (*drawn, *branches)


def told(line: str) -> tuple[str, tuple[str, ...]]:
    """A unit's name, and the titles behind the bar."""
    name, titles = line.split("|")
    return name.strip(), tuple(title.strip() for title in titles.split(","))
