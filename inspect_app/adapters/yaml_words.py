"""What is wrong with a YAML file, in the words of people who write rules: what is needed there, not what the parser did."""

import re

_ADVICE = {
    "Not a valid string.": 'a text is needed here, between quotes; a number, too: "63"',
    "Missing data for required field.": "is missing",
    "Field may not be null.": "may not be left empty",
    "Invalid input type.": "entries are needed here, each as «name: value»",
    "Not a valid mapping type.": "entries are needed here, each as «name: value»",
    "Not a valid list.": "a list is needed here: [ … ], or a line that begins with «-» for each",
    "Not a valid integer.": "a whole number is needed here, without quotes",
    "Not a valid number.": "a number is needed here",
    "Not a valid boolean.": "true or false is needed here, without quotes",
    "Shorter than minimum length 1.": "may not be empty",
}
_FEW = re.compile(r"Shorter than minimum length (\d+)\.")
_LOOK = (
    "look at this line and at those before it for a quote or a bracket that is not closed, a colon that is missing, or lines "
    "that should begin below each other and do not"
)


def in_words(message: str) -> str:
    """A finding about the shape, as advice; one that is advice already stays as it is."""
    few = _FEW.fullmatch(message)
    return _ADVICE.get(message) or (f"at least {few[1]} are needed" if few else message)


def not_yaml(problem: str, line: str) -> str:
    """Why a text is no YAML: what the parser says of it, and what to do about the line where it stopped."""
    if "«" in problem:
        return problem
    if line[: len(line) - len(line.lstrip())].count("\t"):
        return "this line begins with a tab: YAML wants spaces"
    return f"cannot be read from here ({problem}): {_LOOK}"


NOT_TEXT = "not UTF-8: save the file as text with the encoding UTF-8"
