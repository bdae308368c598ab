# Names the platform in the wheel's tag: the one that its npm packages were gathered for, never the one of the building Python.
import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PlatformWheel(BuildHookInterface):
    def initialize(self, version, build_data):
        platform = os.environ.get("LAUNCHBOOK_WHEEL_PLATFORM")
        if not platform:
            raise SystemExit(
                "Building the wheel: LAUNCHBOOK_WHEEL_PLATFORM does not say which platform was gathered in dist/wheel.\n"
                "  Run `npm run wheel`, which gathers and builds."
            )
        build_data["pure_python"] = False
        # PEP 770: what is inside, for tools that look for known weaknesses.
        build_data["sbom_files"] = ["dist/wheel/launchbook.cdx.json"]
        build_data["tag"] = f"py3-none-{platform}"
