# Files beside the notebook in the kernel as it is built: TypeScript with `export` in a CommonJS folder, again after a change.
from living_run import Runbook
from run_folder import kernel_of


def test_a_file_beside_the_notebook_is_a_module_whatever_package_json_says(tmp_path):
    (tmp_path / "package.json").write_text('{ "type": "commonjs" }')
    (tmp_path / "beside.ts").write_text("export enum Size { Small = 's' }\nexport const v: number = 1")
    text = "import { v, Size } from './beside'; console.log(v, Size.Small, __dirname.length > 1)"
    runbook = Runbook(tmp_path, {"look": text})
    with kernel_of(runbook.path) as client:
        assert runbook.passes(client, "look") == "1 s true\n"
        (tmp_path / "beside.ts").write_text("export enum Size { Small = 'm' }\nexport const v: number = 22")
        assert runbook.passes(client, "look") == "22 m true\n"
