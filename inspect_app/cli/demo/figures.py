"""The proportions of the demonstration, each with where it comes from: the fact sheet of Law 65.15, sections 3.2 and 9.

Everything made from them is invented. A figure marked «ours» has no source: it only makes the data look alive.
"""

#: Licensed institutions by region, December 2017 (section 9); sum 1,092.
BY_REGION = {
    "07": 167,
    "03": 159,
    "09": 132,
    "08": 112,
    "06": 109,
    "01": 107,
    "05": 94,
    "04": 92,
    "02": 62,
    "10": 47,
    "11": 9,
    "12": 2,
}
INSTITUTIONS = sum(BY_REGION.values())
#: Licensed places of these institutions (section 9).
CAPACITY = 96_490
#: Support to schooling, and everything else, December 2016 (section 9).
SCHOOLING, OTHERS = 805, 246
#: Licensed places of the 246 others (section 9).
OTHERS_CAPACITY = 29_755
#: The 246 by group, percent (section 3.2). Social complexes (13.41 %) are no category of the registry, and 2.44 % are not
#: shown in the source: ours is to give 4.00 of the complexes to children, 4.00 to elderly, 3.41 to homeless and 2.00 to
#: beggars, and half of the 2.44 to homeless and half to beggars.
OTHERS_BY_CATEGORY = {
    "children": 36.18 + 4.00,
    "disability": 24.39,
    "elderly": 14.23 + 4.00,
    "women": 9.35,
    "homeless": 3.41 + 1.22,
    "beggars": 2.00 + 1.22,
}

#: Of 147 institutions (section 9): over capacity 34, of which 10 by 100–800 %, 12 by 41–99 %, 12 by 6–40 %.
OVER_CAPACITY = 34 / 147
DEGREES = ((10, 1.00, 8.00), (12, 0.41, 0.99), (12, 0.06, 0.40))
NO_DIRECTOR = 34 / 147
NO_COMMITTEE = 13 / 147
#: 107 of about 1,100 (section 9, an order of magnitude).
NOT_AUTHORISED = 107 / 1100
#: Old, dilapidated buildings 44 %; 13 % need full rehabilitation (section 9): ours is to call the latter «bad».
OLD_BUILDING, BAD_BUILDING = 0.44, 0.13
#: Most authorisations are still under Law 14-05 (section 1.2); the shares are ours.
UNDER_65_15, UNDER_UNKNOWN = 0.08, 0.04

#: Ours: share in the country side, of schooling and of the others.
RURAL = {True: 0.72, False: 0.15}
#: Ours: what every institution of a category offers, and what some add.
SERVICES = {
    "children": (("accommodation", "meals", "education", "health", "listening"), ("legal", "rehabilitation")),
    "schoolchildren": (("accommodation", "meals", "education"), ("health", "listening")),
    "women": (("listening", "legal"), ("accommodation", "meals", "health", "rehabilitation", "outreach")),
    "elderly": (("accommodation", "meals", "health"), ("listening", "outreach")),
    "disability": (("rehabilitation", "education", "health"), ("accommodation", "meals", "listening", "outreach")),
    "homeless": (("accommodation", "meals", "health", "listening"), ("outreach", "rehabilitation", "legal")),
    "beggars": (("accommodation", "meals", "listening"), ("health", "rehabilitation", "legal")),
}
#: Ours: shares of women, men, girls, boys among the places.
GROUPS = {
    "children": ((0, 0, 50, 50), (0, 0, 100, 0), (0, 0, 0, 100)),
    "schoolchildren": ((0, 0, 100, 0), (0, 0, 0, 100), (0, 0, 55, 45)),
    "women": ((80, 0, 10, 10),),
    "elderly": ((50, 50, 0, 0),),
    "disability": ((15, 15, 35, 35),),
    "homeless": ((35, 65, 0, 0),),
    "beggars": ((40, 60, 0, 0),),
}
#: Ours: what an institution is called, by category and group; «نموذج / Démo» follows.
NAMES = {
    "children": ("دار الأطفال", "Maison d'enfants"),
    "schoolchildren-girls": ("دار الطالبة", "Dar Taliba"),
    "schoolchildren-boys": ("دار الطالب", "Dar Talib"),
    "schoolchildren-both": ("دار الطالب والطالبة", "Dar Talib et Taliba"),
    "women": ("فضاء النساء", "Espace femmes"),
    "elderly": ("دار المسنين", "Maison des personnes âgées"),
    "disability": ("مركز الأشخاص في وضعية إعاقة", "Centre pour personnes en situation de handicap"),
    "homeless": ("مركز الأشخاص بدون مأوى", "Centre pour personnes sans abri"),
    "beggars": ("مركز إدماج المتسولين", "Centre d'insertion des mendiants"),
}
