"""What is built is what is shipped."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_package_its_schemas_and_its_worlds(wheel):
    """
    The wheel's file list is the package, every schema, the shipped worlds and the kit, and nothing else.
    """
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    sources = {f"mockserver/{path.relative_to(ROOT / 'mockserver')}" for path in (ROOT / "mockserver").rglob("*.py")}
    schemas = {
        f"mockserver/schemas/{path.relative_to(ROOT / 'schemas')}" for path in (ROOT / "schemas").rglob("*.json")
    }
    worlds = {f"mockserver/fixtures/worlds/{path.name}" for path in (ROOT / "fixtures/worlds").glob("*.json")}

    kit = {f"mockserver/{path.relative_to(ROOT)}" for path in (ROOT / "contract_tests").rglob("*.py")}
    kit.add("mockserver/contract_tests/MUTANTS.md")

    assert shipped == sources | schemas | worlds | kit | {"mockserver/py.typed"}


def test_the_wheel_works_in_an_empty_folder(wheel, tmp_path):
    """
    Unpacked anywhere, without the checkout, the wheel lists its operations, finds its worlds sound and runs its kit.
    """
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = "import sys; sys.path.insert(0, sys.argv.pop(1)); from mockserver.cli import main; main()"
    command = [sys.executable, "-P", "-c", script, str(tmp_path / "site")]

    for arguments, expected in {
        ("operations",): "ListMessageCampaign",
        ("world", "check", "docs"): "no faults",
        ("conformance", "--only", "META-T1", "--report", "out"): "wrote out/conformance.html",
    }.items():
        ran = subprocess.run([*command, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert expected in ran.stdout
