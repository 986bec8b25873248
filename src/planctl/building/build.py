"""The order of a build: look, keep what stands, make what does not, print, tidy, and write the manifest last.

In: a project's folder, what is asked for, and the record of the last build. Out: files, `Built`, and a new record.
Contents come back in pieces of a few dozen documents and are written as they come. Each step has a module of its own:
`due` on what is in `lying`, `asking`, `over_all`, `ending`; `taking` puts what comes of them together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.building.asking import Asking
from planctl.building.due import look
from planctl.building.ending import end, left
from planctl.building.lying import Lying
from planctl.building.outputs import Folder
from planctl.building.over_all import answer_over_all, look_over_all
from planctl.building.record import Record
from planctl.building.taking import Taking
from planctl.building.templates import OwnTemplates
from planctl.errors import PlanctlError
from planctl.output.files import sweep

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.building.built import Built
    from planctl.building.order import Order, Saving
    from planctl.survey.survey import Hands


def build(
    order: Order,
    record: Record | None,
    hands: Hands,
    *,
    save: Saving,
    progress: Callable[[int, int], None],
) -> Built:
    """Build what was chosen; `progress` is told how many of how many documents are done.

    `save` gets what the next build can go on from: after each task, at the end, and when the build is interrupted.
    """
    folder, templates = Folder(order.out), OwnTemplates(order.survey.root)
    lying = Lying(order, record or Record(), folder=folder, templates=templates)
    taking = Taking(order, record, folder)
    earlier = lying.earlier()
    sweep(order.out)
    try:
        parcels = order.survey.parcels(hands, progress)
        taking.begin(parcels)

        over_all = look_over_all(parcels, taking.built.refused, order, lying)
        found = look(parcels, order, lying, over_all.unaccounted(parcels))
        taking.keep(found.standing)
        for answers in Asking(order, lying, templates).answers(found.due, hands, progress):
            for answer in answers:
                taking.take(answer)
            save(taking.record, is_halfway=True)

        taking.keep(over_all.standing)
        if over_all.is_due:
            taking.take(answer_over_all(over_all, parcels, taking.accounts, order, lying))

        taking.tell_problems()
        taking.built.subjects = found.subjects + len(over_all.topics)
        end(order, taking, earlier, parcels)
    except BaseException as error:
        is_fault_of_ours = isinstance(error, Exception) and not isinstance(error, PlanctlError)
        if not is_fault_of_ours:  # what that left must not stay
            save(taking.record)
        raise
    save(left(taking, parcels))
    return taking.built
