"""Persons: leaders known by name, and names beside an office (省长 王某某, 记者 张某, 李某某同志)."""

import re
from collections.abc import Iterator

from pipeline.entities.candidate import Candidate

RANK = 45

LEADERS = (
    "习近平 毛泽东 邓小平 江泽民 胡锦涛 周恩来 刘少奇 朱德 陈云 李先念 叶剑英 华国锋 赵紫阳 胡耀邦 李鹏 朱镕基 温家宝 李克强 李强 "
    "孙中山 列宁 斯大林 马克思 恩格斯 赫鲁晓夫 林彪 江青 张春桥 姚文元 王洪文 雷锋 焦裕禄 孔繁森 王进喜 陈景润 华罗庚 钱学森 袁隆平 "
    "邓颖超 宋庆龄 彭真 尼克松 里根 田中角荣 西哈努克 勃列日涅夫 戈尔巴乔夫 蒋介石 蒋经国 陈水扁 李登辉 艾森豪威尔 杜勒斯 尼赫鲁 吴努 铁托 胡志明 金日成"
).split()
_SURNAME = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
    "邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤阴蓝"
)
_NAME = rf"(?:[{_SURNAME}][\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{1,5}}·[\u4e00-\u9fff]{{1,6}})"
_OFFICE = "国务院总理|总理|省长|代省长|市长|代市长|自治区主席|自治区代主席|主席|书记|主任|县长|区长|州长|记者|通讯员|作者|编辑|摄影"
_BYLINE = re.compile(
    rf"(?:^|(?<=[\n\u3000 ）)])|(?<=本报)|(?<=人民政府)|(?<=国务院))(?:{_OFFICE})[ \u3000\n]{{1,6}}(?P<name>{_NAME}|[\u4e00-\u9fff] [\u4e00-\u9fff])(?=[ \u3000\n（）()]|$|摄|文)",
    re.MULTILINE,
)
_COMRADE = re.compile(
    rf"(?:(?<=[，。、；（以和是])|(?<=^))(?P<name>[{_SURNAME}][\u4e00-\u9fff]{{1,2}})(?=同志|总书记|院士)", re.MULTILINE
)
_LEADER = re.compile("|".join(sorted(LEADERS, key=len, reverse=True)))
_THOUGHT = re.compile("思想|理论|主义|新时代|强军|生态文明思想|外交|法治|文化思想|经济思想|同志为代表")


def find_persons(view: str) -> Iterator[Candidate]:
    """Yield the persons named in `view`."""
    for match in _LEADER.finditer(view):
        if not _THOUGHT.match(view, match.end()):
            yield Candidate(match.start(), match.end(), "person", match.group(), "leader", RANK)
    for pattern, rule in ((_BYLINE, "byline"), (_COMRADE, "comrade")):
        for match in pattern.finditer(view):
            name = match["name"].replace(" ", "")
            yield Candidate(match.start("name"), match.end("name"), "person", name, rule, RANK)
