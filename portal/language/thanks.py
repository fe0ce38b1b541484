"""Whether somebody has said thank you and nothing else: then nobody owes an answer."""

import re

WORD = re.compile(r"[^\W\d_]+")
NAMES = 2  # words of a name
LONGEST = 200  # characters; who thanks and means no more is brief
THANKING = frozenset({"thanks", "thank", "thx", "cheers", "danke", "dank", "dankeschön", "merci"})
ENGLISH = """
you very much so many a lot again for the your quick fast kind good great clear helpful answer answers reply help
helping explaining explanation information work all that this it is was fine ok okay perfect wonderful super and now
works settled done to me us we i everybody everyone well dear both
"""
GERMAN = """
ihnen euch dir vielen herzlichen besten schön sehr nochmals für die das ihre eure deine schnelle gute klare antwort
hilfe auskunft erklärung alles passt gut prima wunderbar und ist so erledigt wir ich
"""
BESIDE = frozenset(ENGLISH.split()) | frozenset(GERMAN.split())


def is_thanks(text: str) -> bool:
    """Thanks in words of courtesy alone, beside the name of whoever is thanked; a question or a wish is more than that.

    Up to two other words with capitals may be a name.
    """
    if len(text) > LONGEST or "?" in text:
        return False
    words = WORD.findall(text)
    others = [word for word in words if word.casefold() not in BESIDE | THANKING]
    is_name = len(others) <= NAMES and all(word[0].isupper() for word in others)
    return is_name and any(word.casefold() in THANKING for word in words)
