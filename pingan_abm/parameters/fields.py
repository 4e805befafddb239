"""How a parameter is declared: one field with default, bounds, unit, role, source and its words in both languages."""

import datetime
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.errors import Sentence, one_of, sentence

type Role = Literal["lever", "uncertainty", "structural"]
type Source = Literal["paper", "literature", "assumed"]
type Kind = Literal["number", "integer", "switch", "date", "choice", "text"]

WAYS: dict[Kind, Sentence] = {
    "number": sentence("a number"),
    "integer": sentence("a whole number"),
    "switch": sentence("true or false"),
    "date": sentence("a date such as 2014-05-01"),
    "text": sentence("an identifier such as unlicensed_trading"),
}
GROUPS: dict[str, tuple[str, str]] = {
    "funding": ("Funding and organisations", "资金与社会组织"),
    "appraisal": ("Appraisal and accountability", "考核与问责"),
    "platform": ("Platform and verification", "平台与核实"),
    "duties": ("Duties and powers", "职责与权限"),
    "resources": ("Staff and deadlines", "人力与时限"),
    "campaign": ("Campaigns", "专项整治"),
    "society": ("Residents and groups", "居民与草根组织"),
    "problems": ("Problems and work", "问题与工作量"),
    "learning": ("Learning and cooperation", "学习与协作"),
    "forms": ("Rival forms", "备选机制形式"),
    "switches": ("Mechanisms on and off", "机制开关"),
    # of coefficients
    "reporting": ("Reporting and channels", "反映与渠道"),
    "noticing": ("Finding, fading and growing", "发现、消退与恶化"),
    "settling": ("Settling on the spot", "当场化解"),
    "dispatching": ("Dispatch and escalation", "交办与升级"),
    "knowing": ("Knowing who must act", "识别责任单位"),
    "returns": ("Returns and replies", "退单与答复"),
    "handling": ("Pressure, queue and joint work", "压力、排队与联办"),
    "cooperating": ("Asking, helping and relations", "商请、协助与关系"),
    "paper": ("Closing on paper", "纸面办结"),
    "verifying": ("Inspection, revisits and ratings", "核实、回访与评价"),
    "experience": ("Satisfaction, trust and volunteering", "满意、信任与志愿"),
    "organisations": ("Social organisations", "社会组织运行"),
    "places": ("Places", "场所"),
    "groups": ("Grassroots groups and ideas", "草根组织与金点子"),
    "public": ("Public voice and second principals", "公众监督与条块"),
    "hearing": ("Hearing, meeting and asking", "听闻、见面与邀约"),
    "steering": ("Targets, grades, alarm and campaigns", "目标、等次、警觉与整治"),
    "leading": ("Leaders who learn", "领导的学习调整"),
    "time": ("Calendar and recent past", "日历与近期"),
    "people": ("Start of residents and communities", "居民与社区初始状态"),
    "network": ("Contacts and ties at the start", "熟人网络与初始关系"),
}


class ParameterGroup(BaseModel):
    """Some of the parameters. Nobody makes a group by itself, so pydantic builds the checks of all together, when
    parameters are first made, and not those of each group beside them."""

    model_config = ConfigDict(defer_build=True)


def parameter(
    default: object,
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str,
    role: Role,
    source: Source,
    group: str,
    en: str,
    zh: str,
    meaning_en: str,
    meaning_zh: str,
    coefficient: bool = False,
) -> Any:
    """The declaration of one parameter, as a pydantic field.

    low, high: bounds, inclusive. unit: in English, as short as in a table. source: where the default comes from.
    coefficient: it stands in one rule or behaviour only, and is listed after the main parameters.
    """
    words: dict[str, str | bool] = {
        "unit": unit,
        "role": role,
        "source": source,
        "group": group,
        "en": en,
        "zh": zh,
        "meaning_en": meaning_en,
        "meaning_zh": meaning_zh,
        "coefficient": coefficient,
    }
    return Field(default, ge=low, le=high, description=meaning_en, json_schema_extra={**words})


@dataclass(frozen=True)
class Declaration:
    """One parameter as sliders, command line, sampling and tables need it.

    type: number, integer, switch (true/false), date, choice (one of `choices`) or text. optional: may also be none.
    coefficient: a number of one rule or behaviour, not one of the main parameters.
    """

    name: str
    type: Kind
    default: object
    low: float | None
    high: float | None
    unit: str
    role: Role
    source: Source
    group: str
    choices: tuple[str, ...]
    optional: bool
    en: str
    zh: str
    meaning_en: str
    meaning_zh: str
    coefficient: bool

    def label(self, language: str) -> str:
        """The name in a language: "zh" (any Chinese tag) or English."""
        return Bilingual(self.en, self.zh).text(language)

    def meaning(self, language: str) -> str:
        """The one-line meaning in a language: "zh" (any Chinese tag) or English."""
        return Bilingual(self.meaning_en, self.meaning_zh).text(language)

    @property
    def how_to_write(self) -> Sentence:
        """What a person may write for this parameter."""
        how = one_of(self.choices) if self.type == "choice" else WAYS[self.type]
        if self.low is not None and self.type in ("number", "integer"):
            how = sentence("{how} from {low} to {high}", how=how, low=plain(self.low), high=plain(self.high))
        return sentence("{how}, or none", how=how) if self.optional else how


def plain(value: float | None) -> str:
    """A number as short as it can be written: 1 for 1.0, 50000000 for 5e7."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def declaration(name: str, field: FieldInfo) -> Declaration:
    """Derive the declaration from a field made by `parameter`."""
    words: Any = field.json_schema_extra
    kind, choices, optional = kind_of(field.annotation)
    low = next((bound.ge for bound in field.metadata if hasattr(bound, "ge")), None)
    high = next((bound.le for bound in field.metadata if hasattr(bound, "le")), None)
    default = float(field.default) if kind == "number" else field.default
    return Declaration(
        name=name, type=kind, default=default, low=low, high=high, choices=choices, optional=optional, **words
    )


def kind_of(annotation: Any) -> tuple[Kind, tuple[str, ...], bool]:
    """Kind, choices and whether none is allowed, from a field's type."""
    if get_origin(annotation) is UnionType:
        (inner,) = [part for part in get_args(annotation) if part is not type(None)]
        kind, choices, _ = kind_of(inner)
        return kind, choices, True
    if get_origin(annotation) is Literal:
        return "choice", get_args(annotation), False
    kinds: dict[Any, Kind] = {bool: "switch", int: "integer", float: "number", datetime.date: "date", str: "text"}
    return kinds[annotation], (), False


#: Units of parameters in Chinese.
UNITS_ZH = {
    "share": "比例",
    "yuan a year": "元/年",
    "months": "个月",
    "0–1": "0–1",
    "groups": "个",
    "weight": "权重",
    "share of the score": "占得分比例",
    "share of effort": "占工作效率比例",
    "share a year": "每年比例",
    "share a level": "每级比例",
    "on/off": "开/关",
    "share of use": "占使用量比例",
    "chance": "概率",
    "inspectors": "人",
    "returns": "次",
    "× baseline": "× 基准",
    "issue type": "问题类型",
    "date": "日期",
    "days": "天",
    "share of staff": "占人力比例",
    "persons": "人",
    "staff-days": "人·日",
    "log-odds": "对数几率",
    "log sd": "对数标准差",
    "choice": "选项",
    "per case": "每件案卷",
    "per experience": "每次经历",
    "per joint case": "每件联办案卷",
    "per month": "每月",
    "per person and year": "每人每年",
    "ratio": "倍数",
    "share of a staff-day": "占人·日比例",
    "share of capacity": "占能力比例",
    "yuan": "元",
    "a day": "每天",
    "a month": "每月",
    "a week": "每周",
    "chance a day": "每天概率",
    "exponent": "幂次",
    "files": "件",
    "hazard a day": "每天风险率",
    "hours": "小时",
    "hours a day": "小时/天",
    "ideas a month": "个/月",
    "issue types": "类",
    "items a day": "条/天",
    "log": "对数",
    "minutes": "分钟",
    "minutes a day": "分钟/天",
    "minutes a week": "分钟/周",
    "months of cost": "个月成本",
    "odds": "几率倍数",
    "organisation-days": "组织人日",
    "organisations": "个组织",
    "points": "分",
    "posts": "个岗位",
    "problems a week": "件/周",
    "severity a day": "每天严重程度",
    "share of time": "占时间比例",
    "times": "次",
    "units": "个单位",
    "uploads a month": "条/月",
    "× the cost": "× 成本",
    "× the deadline": "× 时限",
    "× the hazard": "× 发现率",
    "× the mean": "× 均值",
    "× the work": "× 工作量",
}


def unit_words(unit: str, language: str) -> str:
    """A unit in a language; one that has no Chinese stays as it is."""
    return Bilingual(unit, UNITS_ZH.get(unit, unit)).text(language)


#: Words, in English and Chinese, for values of parameters that are chosen from a list.
CHOICES: dict[str, tuple[str, str]] = {
    "logit": ("log-odds", "对数几率"),
    "score_loss": ("loss of score", "失分权衡"),
    "strain": ("pressure and strain", "压力与吃紧"),
    "multitask": ("two tasks", "多任务"),
    "gradual": ("gradual", "渐进"),
    "renewal": ("at renewal", "续约时"),
    "nothing": ("by nothing", "不依据数据"),
    "reported": ("by reported figures", "按上报数据"),
    "true": ("by true figures", "按真实情况"),
    "small_world": ("mostly neighbours", "多为邻里"),
    "rewired": ("rewired at random", "随机重连"),
    "none": ("none", "无"),
    "independent": ("by itself", "自行变动"),
    "crowding_in": ("brought along", "随政府资金带动"),
    "evolving": ("as experienced", "随经历演变"),
    "frozen": ("as at the start", "维持初始"),
    "star": ("through the centre", "仅经指挥中心"),
    "full": ("all behaviour", "全部行为"),
    "capacity_only": ("capacity only", "仅能力约束"),
}


def choice_words(value: str, language: str) -> str:
    """A chosen value in words; a value that has none, such as an identifier, stays as it is."""
    return Bilingual(*CHOICES.get(value, (value, value))).text(language)
