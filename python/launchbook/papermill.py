"""Parameters of papermill as TypeScript.

Papermill loads this module by the entry point in `papermill.engine`; it has none for translators, so loading it is what
makes the translator known. The engine is papermill's own.
"""

import json
import math
import re

from papermill.engines import NBClientEngine
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

_DECLARATION = re.compile(
    r"^(?:let|const|var)\s+(?P<name>[\w$]+)\s*(?::\s*(?P<type>[^=]+?))?\s*=\s*(?P<default>.*?)\s*;?\s*(?://\s*(?P<help>.*))?$",
    re.MULTILINE,
)


class TypeScriptTranslator(Translator):
    """Writes each parameter as `let name = value`, so that a cell may still change it."""

    @classmethod
    def translate(cls, val):
        if isinstance(val, float) and not math.isfinite(val):
            return "NaN" if math.isnan(val) else "Infinity" if val > 0 else "-Infinity"
        if isinstance(val, dict):
            entries = (f"{json.dumps(str(key))}: {cls.translate(value)}" for key, value in val.items())
            return f"{{ {', '.join(entries)} }}"
        if isinstance(val, (list, tuple)):
            return f"[{', '.join(cls.translate(value) for value in val)}]"
        # JSON is TypeScript; dates and whatever else YAML knows become text.
        return json.dumps(val, default=str)

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}"

    @classmethod
    def assign(cls, name, str_val):
        return f"let {name} = {str_val}"

    @classmethod
    def inspect(cls, parameters_cell):
        """The declarations of the cell that is tagged `parameters`, for `papermill --help-notebook`."""
        return [
            Parameter(
                name=found["name"],
                inferred_type_name=found["type"] or "None",
                default=found["default"],
                help=found["help"] or "",
            )
            for found in _DECLARATION.finditer(parameters_cell["source"])
        ]


class TypeScriptEngine(NBClientEngine):
    """Papermill's own engine; it stands here for the entry point alone."""


papermill_translators.register("typescript", TypeScriptTranslator)
