"""The one Jinja environment for office templates: sandboxed, immutable, strict about names, always escaping."""

from __future__ import annotations

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment


def environment() -> ImmutableSandboxedEnvironment:
    """Return a fresh environment in which a template can read the sheet's values and nothing else.

    docxtpl's own default escapes nothing (so "A & B < C" loses text) and runs any code a template holds.
    """
    sandbox = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    allowed = {name: sandbox.globals[name] for name in ("range", "namespace")}
    sandbox.globals.clear()
    sandbox.globals.update(allowed)
    return sandbox
