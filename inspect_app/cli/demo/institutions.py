"""Invented institutions in true proportions. Pure: the same seed and day give the same rows."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from inspect_app.cli.demo import figures
from inspect_app.domain.registry import GROUPS, defaults, search_text
from inspect_app.queries.territories import Place

#: In every invented name, in both scripts.
MARK_AR, MARK_FR = "نموذج", "Démo"


@dataclass
class Draft:
    """An institution in the making. ``quality`` 0–1 is hidden: problems and answers follow from it."""

    values: dict[str, Any]
    place: Place
    quality: float

    @property
    def category(self) -> str:
        """Its category."""
        return str(self.values["category"])


def shared(total: int, weights: dict[str, float]) -> dict[str, int]:
    """The total divided by weights into whole numbers (largest remainders), so that the sum is exact."""
    scale = total / sum(weights.values())
    parts = {key: int(weight * scale) for key, weight in weights.items()}
    rest = sorted(weights, key=lambda key: (parts[key] - weights[key] * scale, key))
    for key in rest[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def draft_all(rng: random.Random, count: int, provinces: tuple[Place, ...], today: date) -> list[Draft]:
    """``count`` institutions with everything but their codes."""
    drafts = [
        Draft({**defaults(), "category": category, "province_code": place.code}, place, rng.betavariate(4, 3.2))
        for place, category in zip(_places(rng, count, provinces), _categories(rng, count), strict=True)
    ]
    _capacities(rng, drafts)
    _buildings(rng, drafts, today)
    _presence(rng, drafts, today)
    _licences(rng, drafts)
    _people(rng, drafts)
    _names(rng, drafts)
    return drafts


def _places(rng: random.Random, count: int, provinces: tuple[Place, ...]) -> list[Place]:
    """Provinces of the regional split; within a region at random, chief provinces no more than others."""
    by_region: dict[str, list[Place]] = {}
    for place in provinces:
        by_region.setdefault(place.region, []).append(place)
    split = shared(count, {code: float(n) for code, n in figures.BY_REGION.items()})
    chosen = [by_region[region][i % len(by_region[region])] for region in sorted(split) for i in range(split[region])]
    rng.shuffle(chosen)
    return chosen


def _categories(rng: random.Random, count: int) -> list[str]:
    both = figures.SCHOOLING + figures.OTHERS
    schooling = round(count * figures.SCHOOLING / both)
    parts = shared(count - schooling, dict(figures.OTHERS_BY_CATEGORY))
    found = ["schoolchildren"] * schooling + [category for category, n in parts.items() for _ in range(n)]
    rng.shuffle(found)
    return found


def _capacities(rng: random.Random, drafts: list[Draft]) -> None:
    """Places that add up to the sector's: fewer in the country side, in fives, by groups of each category."""
    total = figures.CAPACITY * len(drafts) / figures.INSTITUTIONS
    others = figures.OTHERS_CAPACITY * (total / 92_163)  # the 246's share of 2016, carried to this total
    for schooling in (True, False):
        mine = [d for d in drafts if (d.category == "schoolchildren") is schooling]
        raw = [rng.lognormvariate(0, 0.45) for _ in mine]
        goal = (total - others) if schooling else others
        for draft, weight in zip(mine, raw, strict=True):
            places = max(10, 5 * round(weight * goal / sum(raw) / 5))
            draft.values["setting"] = "rural" if rng.random() < figures.RURAL[schooling] else "urban"
            mix = rng.choice(figures.GROUPS[draft.category])
            for group, part in shared(places, dict(zip(GROUPS, map(float, mix), strict=True))).items():
                draft.values[f"capacity_{group}"] = part


def worst(rng: random.Random, drafts: list[Draft], share: float) -> list[Draft]:
    """An exact share of the institutions, the weaker ones rather than the others."""
    order = sorted(drafts, key=lambda d: d.quality + rng.gauss(0, 0.35))
    return order[: round(share * len(drafts))]


def _last_opening(today: date) -> int:
    """The last year in which an invented institution opened: before its first visit, and before Law 65.15 was applied."""
    return min(today.year - 5, 2021)


def _buildings(rng: random.Random, drafts: list[Draft], today: date) -> None:
    for draft in drafts:
        draft.values.update(
            building_state="good",
            building_year=rng.randint(1990, _last_opening(today)),
            building_tenure=rng.choices(("owned", "put_at_disposal", "rented", "other"), (40, 45, 12, 3))[0],
        )
    old = worst(rng, drafts, figures.OLD_BUILDING)
    bad = {id(d) for d in old[: round(figures.BAD_BUILDING * len(drafts))]}
    for draft in old:
        draft.values["building_state"] = "bad" if id(draft) in bad else "some_degradation"
        draft.values["building_year"] = rng.randint(1952, 1985)
    for draft in drafts:
        first = max(1970, draft.values["building_year"])
        draft.values["opened_year"] = rng.randint(first, _last_opening(today))


def _presence(rng: random.Random, drafts: list[Draft], today: date) -> None:
    """People present, below the licensed places but for an exact share, in the degrees that were found."""
    over = worst(rng, drafts, figures.OVER_CAPACITY)
    rng.shuffle(over)
    parts = shared(len(over), {str(i): float(n) for i, (n, _low, _high) in enumerate(figures.DEGREES)})
    ratios: dict[int, float] = {}
    at = 0
    for i, (_n, low, high) in enumerate(figures.DEGREES):
        for draft in over[at : at + parts[str(i)]]:
            # few are far beyond: the extreme was 800 %
            ratios[id(draft)] = 1 + (rng.triangular(low, min(high, 4.0), low) if high > 1 else rng.uniform(low, high))
        at += parts[str(i)]
    for draft in drafts:
        places = {group: draft.values[f"capacity_{group}"] for group in GROUPS}
        total = sum(places.values())
        ratio = ratios.get(id(draft)) or rng.uniform(0.55, 1.0)
        present = max(total + 1, round(total * ratio)) if ratio > 1 else int(total * ratio)
        weights = {group: float(n) for group, n in places.items()}
        for group, part in shared(present, weights).items():
            draft.values[f"present_{group}"] = part
        draft.values["present_on"] = today - timedelta(days=rng.randint(20, 300))


def _licences(rng: random.Random, drafts: list[Draft]) -> None:
    without = {id(d) for d in worst(rng, drafts, figures.NOT_AUTHORISED)}
    for draft in drafts:
        values = draft.values
        if id(draft) in without:
            values.update(
                authorised=False,
                authorisation_law="none",
                unauthorised_reason=f"{MARK_AR}: ملف الترخيص غير مكتمل · {MARK_FR} : dossier d'autorisation incomplet",
            )
            continue
        law = rng.choices(
            ("14-05", "65-15", "unknown"),
            (1 - figures.UNDER_65_15 - figures.UNDER_UNKNOWN, figures.UNDER_65_15, figures.UNDER_UNKNOWN),
        )[0]
        # nobody is authorised before the house is open
        first, last = (2022, 2024) if law == "65-15" else (max(2008, values["opened_year"]), 2021)
        on = date(rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28))
        values.update(
            authorised=True,
            authorisation_law=law,
            authorisation_number=f"{MARK_FR}-{rng.randint(1, 999)}/{on.year}",
            authorisation_date=on,
        )


def _people(rng: random.Random, drafts: list[Draft]) -> None:
    no_director = {id(d) for d in worst(rng, drafts, figures.NO_DIRECTOR)}
    no_committee = {id(d) for d in worst(rng, drafts, figures.NO_COMMITTEE)}
    for draft in drafts:
        always, some = figures.SERVICES[draft.category]
        draft.values.update(
            director_in_post=id(draft) not in no_director,
            committee_constituted=id(draft) not in no_committee,
            services=sorted({*always, *(s for s in some if rng.random() < 0.25 + 0.5 * draft.quality)}),
        )


def _names(rng: random.Random, drafts: list[Draft]) -> None:
    """A kind of house, the mark, a running number, the province: nobody's name."""
    counters: dict[str, int] = {}
    for draft in drafts:
        values, place = draft.values, draft.place
        kind = draft.category
        if kind == "schoolchildren":
            girls, boys = values["capacity_girls"], values["capacity_boys"]
            kind += "-both" if girls and boys else "-girls" if girls else "-boys"
        name_ar, name_fr = figures.NAMES[kind]
        key = f"{kind}/{place.code}"
        counters[key] = counters.get(key, 0) + 1
        values.update(
            name_ar=f"{name_ar} {MARK_AR} {counters[key]} {place.name_ar}",
            name_fr=f"{name_fr} {MARK_FR} {counters[key]} {place.name_fr}",
            association_ar=f"جمعية {MARK_AR} {place.name_ar}",
            association_fr=f"Association {MARK_FR} {place.name_fr}",
            commune=place.name_ar if values["setting"] == "urban" else f"جماعة قروية، {place.name_ar}",
        )


def as_rows(drafts: list[Draft], *, first_id: int, now: Any) -> list[dict[str, Any]]:
    """The rows of the table, with ids and registry numbers (a D before the number: demonstration)."""
    numbers: dict[str, int] = {}
    rows = []
    for number, draft in enumerate(drafts, start=first_id):
        province = draft.place.code
        numbers[province] = numbers.get(province, 0) + 1
        code = f"{province}-D{numbers[province]:03d}"
        rows.append(
            {
                "id": number,
                "code": code,
                **draft.values,
                "email": f"{code.lower()}@demo.miyar.example",
                "search_text": search_text(code, draft.values),
                "invented": True,
                "version": 1,
                "created_at": now,
                "updated_at": now,
                "level": None,
                "score": None,
                "level_since": None,
                "last_visit_on": None,
            }
        )
    return rows
