"""Services found by everyday words, misspelt or not; best first."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log1p

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, QuerySet, Value

from catalog.models import Place, Service, ServiceWord
from portal.language.likeness import alike, words_in

WEIGHTS = {Place.NAME: 1.0, Place.ALSO_CALLED: 0.95, Place.USED_BY: 0.5, Place.DESCRIPTION: 0.5}
NEAR_THE_BEST = 0.5  # what fits half as well as the best is shown still


def search_services(*, services: QuerySet[Service], words: str) -> QuerySet[Service]:
    """The services that hold the words, or words like them, best first: at first those whose names do.

    A word that few services hold says more than one that many do. Two questions find them, among the words of
    `services` alone, so that nobody is shown that a hidden service has a word.
    """
    found = _rank(services, words_in(words))
    best = max(found.values(), default=0.0)
    ranked = sorted((pk for pk, fit in found.items() if fit >= NEAR_THE_BEST * best), key=lambda pk: (-found[pk], pk))
    place = Func(
        Value(ranked, output_field=ArrayField(BigIntegerField())),
        F("pk"),
        function="array_position",
        output_field=IntegerField(),
    )
    return services.filter(pk__in=ranked).annotate(fit=place).order_by("fit")


def _rank(services: QuerySet[Service], asked: Sequence[str]) -> Mapping[int, float]:
    """How well each service fits."""
    if not asked:
        return {}
    held = ServiceWord.objects.filter(service__in=services.order_by().values("pk"))
    known = list(held.values_list("word", flat=True).distinct())
    meant = [alike(word, known) for word in asked]
    rows = list(
        held.filter(word__in={word for words in meant for word in words}).values_list("service_id", "word", "place")
    )
    found: dict[int, float] = defaultdict(float)
    for words in meant:
        best: dict[int, float] = defaultdict(float)
        for service_id, word, place in rows:
            if word in words:
                best[service_id] = max(best[service_id], words[word] * WEIGHTS[Place(place)])
        rarity = log1p(len(rows) / max(1, len(best)))
        for service_id, fit in best.items():
            found[service_id] += fit * rarity
    return found
