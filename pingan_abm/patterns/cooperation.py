"""Patterns of cooperation between institutions: P16, the network of relations; P17, rivalry and shared credit."""

from pingan_abm.patterns.pattern import Claim, Condition, Difference, Overlay, Part, Pattern, settings

AS_IS = Condition()
NONE, STAR, REWIRED = (Condition(settings=settings(relation_network=form)) for form in ("none", "star", "rewired"))
WITHOUT = Part("without relations", "没有关系")
THROUGH = Part("only through the centre", "仅经指挥中心")
OTHERS = Part("with others than one works with", "改接他人")


def moved(condition: Condition, part: Part, words: tuple[str, str]) -> tuple[Claim, Claim]:
    """The two claims on another form of the network: fewer problems are solved over it, and residents bear more."""
    en, zh = words
    return (
        Claim(
            f"Share of all problems solved within 90 days: {en} less as it is",
            f"全部问题90日内实际解决率：{zh}与现状之差",
            (AS_IS, condition),
            Difference("solved_share"),
            "below",
            part=part,
        ),
        Claim(
            f"Burden lived with: {en} less as it is",
            f"居民问题负担：{zh}与现状之差",
            (AS_IS, condition),
            Difference("burden"),
            "above",
            part=part,
        ),
    )


P16 = Pattern(
    "P16",
    "The network of relations matters: without it, through the centre only, or with others than those one works with, "
    "fewer problems are solved and residents bear more.",
    "机构关系网络确有作用：没有关系、仅经指挥中心、或与不共事者相连，解决的问题更少，居民负担更重。",
    "cooperation among many actors is the paper's subject; that relations among them carry it is the literature's "
    "(Scott, Thomas & Magallanes 2019)",
    "theory",
    ("R21", "R12", "R7"),
    "emergent",
    Overlay(settings(helping=False, organisation_work=False)),
    "nobody decides whether to help, and organisations work on nothing",
    "无人可决定是否协助，社会组织不参与化解",
    "as many problems solved without relations as with them",
    (
        *moved(NONE, WITHOUT, ("no relations", "没有关系")),
        *moved(STAR, THROUGH, ("a star through the centre", "仅经指挥中心")),
        *moved(REWIRED, OTHERS, ("rewired at equal degree", "等度改接")),
    ),
)

LOOSE, TIGHT = (Condition(settings=settings(accountability=value)) for value in (0.1, 0.9))
LOOSE_SHARED, TIGHT_SHARED = (
    Condition(settings=settings(accountability=value, shared_credit=1.0)) for value in (0.1, 0.9)
)

P17 = Pattern(
    "P17",
    "Rivalry crowds out help: units help each other less under tight accountability, and not less where credit is "
    "shared.",
    "竞争排挤互助：问责越紧，单位之间越少相互协助；协办同样计功时则不然。",
    "tournament 锦标赛 (paper); help falls with the prize of promotion (Drago & Garvey 1998)",
    "theory",
    ("R21", "R18"),
    "assumption",
    Overlay(settings(rivalry_effect=0.0)),
    "no unit minds its rivals",
    "单位不计较竞争对手",
    "help not falling with accountability, or falling as much where credit is shared",
    (
        Claim(
            "Requests granted: accountability 0.9 less 0.1, only the lead credited",
            "协办请求答应率：问责0.9与0.1之差，只计牵头单位",
            (LOOSE, TIGHT),
            Difference("help_rate"),
            "below",
        ),
        Claim(
            "Requests granted: accountability 0.9 less 0.1, all credited",
            "协办请求答应率：问责0.9与0.1之差，协办同样计功",
            (LOOSE_SHARED, TIGHT_SHARED),
            Difference("help_rate"),
            "above",
        ),
        Claim(
            "Share of all problems solved within 90 days: credit shared less not shared, accountability 0.9",
            "全部问题90日内实际解决率：协办计功与不计功之差，问责0.9",
            (TIGHT, TIGHT_SHARED),
            Difference("solved_share"),
            required=False,
        ),
    ),
)

PATTERNS = (P16, P17)
