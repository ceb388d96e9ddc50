"""Made-up people: names in both scripts, each once, the same in every demo."""

from collections.abc import Iterator
from random import Random

SURNAMES = """Wang 王,Li 李,Zhang 张,Liu 刘,Chen 陈,Yang 杨,Zhao 赵,Huang 黄,Zhou 周,Wu 吴,Xu 徐,Sun 孙,Hu 胡,Zhu 朱,Gao 高,
Lin 林,He 何,Guo 郭,Ma 马,Luo 罗,Liang 梁,Song 宋,Zheng 郑,Xie 谢,Han 韩,Tang 唐,Feng 冯,Yu 于,Dong 董,Xiao 萧,Cheng 程,
Cao 曹,Yuan 袁,Deng 邓,Fu 傅,Shen 沈,Zeng 曾,Peng 彭,Lu 吕,Su 苏,Jiang 蒋,Cai 蔡,Jia 贾,Ding 丁,Wei 魏,Xue 薛,Ye 叶,Yan 阎,
Pan 潘,Du 杜,Dai 戴,Xia 夏,Zhong 钟,Tian 田,Ren 任,Fan 范,Shi 石,Yao 姚,Tan 谭,Shan 单"""
GIVEN = """Wei 伟,Min 敏,Jing 静,Li 丽,Qiang 强,Lei 磊,Jun 军,Yang 洋,Yong 勇,Yan 艳,Jie 杰,Juan 娟,Tao 涛,Ming 明,Chao 超,
Xiuying 秀英,Xia 霞,Ping 平,Gang 刚,Guohua 国华,Jianguo 建国,Haiyan 海燕,Xiaodong 晓东,Zhiqiang 志强,Yumei 玉梅,Wenbin 文斌,
Xueqin 雪琴,Junjie 俊杰,Yifan 一凡,Sihan 思涵,Haoran 浩然,Ruoxi 若曦,Jiahui 家慧,Tianyu 天宇,Bowen 博文,Shuting 淑婷,
Chunhua 春华,Deming 德明,Feng 峰,Hong 红,Jianping 建平,Kai 凯,Lan 兰,Meiling 美玲,Ning 宁,Peng 鹏,Qing 清,Rong 荣,
Shuang 爽,Ting 婷,Xin 欣,Yu 宇,Zhen 珍,Hui 慧,Bin 斌,Cong 聪,Dan 丹,Fei 飞,Guang 光,Han 涵"""
FOREIGN = """Adler Andersen Bauer Becker Berg Bianchi Costa Dahl Dubois Evans Fischer Garcia Gruber Hansen Hofer Ivanov
Jensen Kaya Keller Kovacs Laurent Lopez Marino Meyer Moreau Nowak Novak Olsen Petrov Quinn Ricci Rossi Santos Silva
Steiner Suzuki Tanaka Torres Urban Vogel Weber Winter Yilmaz Zeman"""
FOREIGN_GIVEN = """Alice Anton Bruno Carla Clara David Dora Elena Emil Felix Flora Greta Hugo Ida Irene Jana Jonas Karin
Leo Lukas Marta Milan Nils Nora Olga Oscar Paul Petra Rita Roman Sara Sofia Tomas Vera Viktor Yara"""


def pairs(text: str) -> list[tuple[str, str]]:
    """Latin and Chinese form of each name."""
    return [tuple(entry.split()) for entry in text.replace("\n", "").split(",") if entry]


def people(random: Random) -> Iterator[tuple[str, str]]:
    """Name as shown ("Li Wei 李伟") and its Latin form for an address, without end and without a repeat."""
    surnames, given, seen = pairs(SURNAMES), pairs(GIVEN), set()
    while True:
        (last, last_zh), (first, first_zh) = random.choice(surnames), random.choice(given)
        if (last, first) not in seen:
            seen.add((last, first))
            yield f"{last} {first} {last_zh}{first_zh}", f"{first}.{last}".lower()
