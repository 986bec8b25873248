"""The register of document forms: one file here for each; to add one, write it and add its line to FORMS."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from planctl.forms import action_plan, performance_plan, programme, resolutions, strategy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.forms.form import Form

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        form.name: form
        for form in (resolutions.FORM, action_plan.FORM, performance_plan.FORM, programme.FORM, strategy.FORM)
    }
)
