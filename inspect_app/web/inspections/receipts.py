"""The receipt of a visit as a page to print: counts, digest, QR code."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from inspect_app.adapters import clock
from inspect_app.adapters.qr import qr_picture
from inspect_app.domain.permissions import Permission
from inspect_app.queries import inspections as questions
from inspect_app.queries.inspections.receipts import given_receipts, receipt_for
from inspect_app.services.inspections.receipts import give_receipt
from inspect_app.web.access import current_actor, may
from inspect_app.web.inspections.blueprint import pages


@pages.get("/<int:inspection_id>/receipt")
@may(Permission.SEE_INSPECTIONS, Permission.ANSWER_INSPECTIONS)
def receipt(inspection_id: int) -> ResponseReturnValue:
    """What is on file now, to print and sign. Before the visit began there is nothing to confirm."""
    inspection, found = receipt_for(current_actor(), inspection_id)
    if found is None:
        return redirect(url_for(".show", inspection_id=inspection_id))
    given = given_receipts(inspection.id)
    return render_template(
        "inspections/receipt.html",
        inspection=inspection,
        receipt=found,
        qr=qr_picture(found.code),
        now=clock.now(),
        given=given[-1] if given and given[-1].digest == found.digest else None,
        may_give=questions.membership(current_actor(), inspection) is not None
        and current_actor().may(Permission.ANSWER_INSPECTIONS),
    )


@pages.post("/<int:inspection_id>/receipt")
@may(Permission.ANSWER_INSPECTIONS)
def give(inspection_id: int) -> ResponseReturnValue:
    """Write into the journal that this receipt was given."""
    give_receipt(current_actor(), inspection_id=inspection_id)
    return redirect(url_for(".receipt", inspection_id=inspection_id))
