"""Writes ``pack.json``: one domain of the real children's checklist as the API gives a visit. Run it when the shape changes.

.venv/bin/python tests/frontend/make_pack.py
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from inspect_app.adapters.checklist_files import load_checklist  # noqa: E402
from inspect_app.adapters.rule_files import load_rules  # noqa: E402
from inspect_app.domain.checklists import Facts  # noqa: E402
from inspect_app.domain.scoring import score  # noqa: E402
from inspect_app.queries.inspections.pack import checklist_json  # noqa: E402

checklist = load_checklist(category="children")
asked = json.loads(checklist_json(checklist, Facts(category="children")))
domains = [d for d in asked["domains"] if d["code"] == "GOV"]
card = score(checklist, load_rules(), {}, Facts(category="children"))
pack = {
    "id": 7,
    "reference": "V-2026-00007",
    "state": "under_way",
    "editable": True,
    "institution": {"name": {"ar": "دار الأمل", "fr": "Dar Al Amal"}, "category": "children"},
    "checklist": {"title": checklist.title.as_dict(), "version": "2026-1", "sha256": "0", "domains": domains},
    "answers": {},
    "conflicts": {},
    "photos": {},
    "previous": {
        "reference": "V-2025-00003",
        "date": "2025-11-12",
        "answers": {"GOV-01": {"level": 1, "not_applicable": False, "note": "الرخصة منتهية"}},
    },
    "score": card.as_data(),
}
(HERE / "pack.json").write_text(json.dumps(pack, ensure_ascii=False, indent=1) + "\n")
