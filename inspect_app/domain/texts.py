"""A text in the three languages of the house."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("ar", "fr", "en")


@dataclass(frozen=True)
class Text:
    """One sentence or title in Arabic, French and English. English may be missing; French then stands in."""

    ar: str
    fr: str
    en: str = ""

    def get(self, language: str) -> str:
        """The text in the language, or the nearest that exists (en → fr → ar)."""
        for candidate in (getattr(self, language, ""), self.fr, self.ar):
            if candidate:
                return str(candidate)
        return ""

    @classmethod
    def of(cls, mapping: Mapping[str, str]) -> "Text":
        """From a ``{ar, fr, en}`` mapping."""
        return cls(ar=mapping.get("ar", ""), fr=mapping.get("fr", ""), en=mapping.get("en", ""))

    def as_dict(self) -> dict[str, str]:
        """The mapping again, without empty languages."""
        return {k: v for k in LANGUAGES if (v := getattr(self, k))}
