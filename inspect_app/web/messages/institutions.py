"""Sentences about institutions: faults of fields and rows, refusals of files."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

SENTENCES: dict[str, LazyString] = {
    # fields
    "required": _("Please fill in this field."),
    "too-long": _("Too long: at most %(limit)s characters."),
    "unknown-code": _("This value is not one of the list. Use the codes or names on the sheet of values."),
    "unknown-province": _("No prefecture or province has this code or name."),
    "negative": _("A number of people cannot be negative."),
    "too-large-number": _("This number is larger than any institution. Please check it."),
    "not-a-whole-number": _("Write a whole number in digits, for example 25."),
    "not-a-number": _("Write a number in digits, for example 33.97."),
    "not-a-date": _("Write a date such as 31/05/2024."),
    "not-yes-or-no": _("Write yes or no (1 or 0)."),
    "authorisation-number-missing": _("An authorised institution has an authorisation number."),
    "authorised-under-no-law": _("An authorised institution was authorised under a law; choose it, or «unknown»."),
    "number-without-authorisation": _("There is a number, but the institution is entered as not authorised."),
    "date-without-authorisation": _("There is a date, but the institution is entered as not authorised."),
    "law-without-authorisation": _("There is a law, but the institution is entered as not authorised."),
    "date-in-future": _("This date has not come yet."),
    "count-without-date": _("Say on which day the people present were counted."),
    "year-out-of-range": _("Write a year between 1850 and this year."),
    "position-half": _("Latitude and longitude go together: fill in both or neither."),
    "position-outside": _("This position lies outside Morocco. Are latitude and longitude exchanged?"),
    "director-not-in-post": _("There is a name, but no director is in post."),
    "email-malformed": _("This is not an e-mail address."),
    "not-in-your-territory": _("This prefecture or province is not in your territory."),
    "already-registered": _(
        "An institution of this name and category is already registered in this province, with number %(number)s."
    ),
    # rows and files
    "code-malformed": _("A registry number has 3 to 20 letters, digits, full stops, hyphens or slashes."),
    "code-taken": _("This registry number belongs to an institution outside your territory."),
    "twice-in-file": _("The same institution stands in row %(row)s of this file already."),
    "columns-unknown": _(
        "These columns are not known: %(columns)s. The first row must hold the column names of the template."
    ),
    "columns-twice": _("The column %(columns)s is there twice."),
    "columns-missing": _("The file needs at least one of these columns: %(columns)s. Start from the template."),
    "file-missing": _("Choose a file first."),
    "file-empty": _("The file is empty."),
    "file-no-rows": _("The file has column names, but no row below them."),
    "file-kind": _("This is not a CSV or XLSX file. Save the table as «Excel workbook (.xlsx)» or «CSV UTF-8»."),
    "file-encoding": _("The letters of this file cannot be read. Save it as «CSV UTF-8» or as XLSX."),
    "file-broken": _("This file is damaged and cannot be read. Save it again and try once more."),
    "file-too-large": _("The file is larger than %(megabytes)s MB. Divide it into several files."),
    "file-too-many-rows": _("The file has %(rows)s rows; at most %(most)s are taken at once. Divide it."),
    "import-has-faults": _("The file still has faults; nothing was imported."),
    "import-outdated": _("The registry changed since the check; nothing was imported. Please check the file again."),
    "import-gone": _("The checked file is no longer at hand. Please choose it again; nothing was imported."),
}
