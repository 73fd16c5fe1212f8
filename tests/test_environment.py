"""What surrounds the code: the lock, the declared dependencies, the licences, the road."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from importlib.metadata import packages_distributions
from pathlib import Path

import nbformat
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import settings
from nbformat.v4 import new_code_cell, new_notebook, new_output
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from clashbook import cli, config
from clashbook.pipeline import preflight
from clashbook.pipeline.edition import Edition

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DIRECT = {canonicalize_name(Requirement(r).name) for r in PROJECT["project"]["dependencies"]}
EXTRA = PROJECT["project"]["optional-dependencies"]["cluster"]
OPTIONAL = {canonicalize_name(Requirement(r).name) for r in EXTRA}
TEST = {canonicalize_name(Requirement(r).name) for r in PROJECT["dependency-groups"]["test"]}
LOCKS = ["requirements.txt", "requirements-test.txt"]


def locked(name):
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {canonicalize_name(Requirement(line.split("--hash")[0]).name): line for line in lines}


def imported(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


def sources():
    for path in (ROOT / "clashbook").rglob("*.py"):
        yield path.read_text(encoding="utf-8")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                yield cell.source


def test_every_package_that_the_code_imports_is_declared_and_no_other():
    distributions = packages_distributions()
    modules = {name for source in sources() for name in imported(source)}
    outside = modules - set(sys.stdlib_module_names) - {"clashbook"}
    used = {canonicalize_name(distributions[name][0]) for name in outside}
    assert used == DIRECT | OPTIONAL


def test_every_direct_dependency_has_its_reason_in_contributing():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    text = text.partition("## Dependencies")[2]
    given = set(re.findall(r"^- `([\w.-]+)`: .{10,}", text, flags=re.MULTILINE))
    assert given == DIRECT | OPTIONAL | TEST


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_exact_versions_with_hashes(name):
    for package, line in locked(name).items():
        assert "==" in line, package
        assert "--hash=sha256:" in line, package


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_host_and_no_folder(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|file:|^-", text, re.MULTILINE)


def test_the_lock_holds_what_is_declared_and_what_builds_the_package():
    backend = {canonicalize_name(Requirement(r).name) for r in PROJECT["build-system"]["requires"]}
    assert backend | DIRECT <= set(locked("requirements.txt"))
    assert set(locked("requirements-test.txt")) >= TEST


def test_both_locks_agree_where_they_name_the_same_package():
    main, test = (locked(name) for name in LOCKS)
    version = re.compile(r"==([^\s;]+)")
    for package in main.keys() & test.keys():
        assert version.search(main[package])[1] == version.search(test[package])[1], package


def test_modules_import_only_from_their_left():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check"]])
def test_the_code_is_clean(arguments):
    command = [Path(sys.executable).with_name("ruff"), *arguments, "--no-cache", "--quiet", ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_types_hold():
    command = [Path(sys.executable).with_name("mypy"), "--config-file", ROOT / "pyproject.toml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# What the types leave open, at most. Who needs one more says why in the commit that raises this.
MOST_ANY, MOST_CASTS, MOST_IGNORED = 80, 0, 2


def modules():
    return [path.read_text(encoding="utf-8") for path in (ROOT / "clashbook").rglob("*.py")]


def test_few_types_are_left_open():
    lines = [line for text in modules() for line in text.splitlines() if "import " not in line]
    found = [
        sum(bool(re.search(what, line)) for line in lines) for what in (r"\bAny\b", r"\bcast\(")
    ]
    assert found[0] <= MOST_ANY
    assert found[1] <= MOST_CASTS
    assert sum("type: ignore" in line for line in lines) <= MOST_IGNORED
    assert not any(re.search(r"type: ignore(?!\[)", line) for line in lines)


# Each stands for whatever somebody had in mind, and for nothing that a reader could look up.
SAY_NOTHING = {"each", "at", "look", "looks", "said", "told"}


def test_names_say_what_they_are_of():
    found = set()
    for text in modules():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found.add(node.name)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
    assert not {name for name in found if name.strip("_").lower() in SAY_NOTHING}


WORKFLOW = ROOT / ".github" / "workflows" / "pages.yml"


def steps():
    """The shell scripts of the workflow, by the name of their step."""
    jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"].values()
    return {each["name"]: each["run"] for job in jobs for each in job["steps"] if "run" in each}


def test_the_workflow_is_valid_against_the_schema_of_its_host():
    command = [sys.executable, "-m", "check_jsonschema"]
    command += ["--builtin-schema", "vendor.github-workflows", WORKFLOW]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_may_write_to_the_repository_and_nothing_else():
    content = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert content["permissions"] == {}
    assert [job["permissions"] for job in content["jobs"].values()] == [{"contents": "write"}]


def test_the_workflow_runs_only_what_is_there():
    scripts = "\n".join(steps().values())
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake (\w+)", scripts):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for command in re.findall(r"\bclashbook (\w+)", scripts):
        assert command in cli.main.commands
    for path in re.findall(r"^\s*(\.\w+/\w+)", scripts, re.MULTILINE):
        assert path.startswith(".venv/") or os.access(ROOT / path, os.X_OK), path
    assert ".ci/run" in scripts


def git(folder, *arguments):
    command = ["git", "-C", folder, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A repository with an origin, where `clashbook publish` adds a line to a file."""
    for key, value in {"GLOBAL": tmp_path / "gitconfig", "SYSTEM": os.devnull}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{key}", str(value))
    (tmp_path / "gitconfig").write_text("[user]\nname = A\nemail = a@book.example\n")
    git(tmp_path, "init", "--quiet", "--bare", "origin")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main", "project")
    project = tmp_path / "project"
    (project / ".venv" / "bin").mkdir(parents=True)
    command = project / ".venv" / "bin" / "clashbook"
    command.write_text('#!/bin/sh\nif [ -n "$NEW" ]; then echo "$NEW" >> "$2/index.html"; fi\n')
    command.chmod(0o755)
    (project / ".gitignore").write_text(".venv\n")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "Begin")
    git(project, "remote", "add", "origin", tmp_path / "origin")
    git(project, "push", "--quiet", "origin", "main")
    return project


def test_the_workflow_adds_to_the_branch_what_is_new(project, tmp_path):
    script = next(text for text in steps().values() if "clashbook publish" in text)
    published = []
    for number, new in enumerate(["first", "second", ""]):
        temporary = tmp_path / f"run-{number}"
        temporary.mkdir()
        # As the host's runner calls it; each run starts from a fresh clone.
        clone = tmp_path / f"clone-{number}"
        git(tmp_path, "clone", "--quiet", "--branch", "main", tmp_path / "origin", clone)
        shutil.copytree(project / ".venv", clone / ".venv")
        subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=clone,
            env={**os.environ, "RUNNER_TEMP": str(temporary), "NEW": new},
            capture_output=True,
            text=True,
            check=True,
        )
        published.append(git(tmp_path / "origin", "show", "gh-pages:index.html"))
    assert published == ["first", "first\nsecond", "first\nsecond"]
    # Nothing of the project itself is on the branch, and a run without news leaves no commit.
    assert git(tmp_path / "origin", "ls-tree", "--name-only", "gh-pages") == "index.html"
    assert git(tmp_path / "origin", "rev-list", "--count", "gh-pages") == "2"


def test_the_audits_tool_is_pinned_and_its_lock_names_no_registry():
    folder = ROOT / "tests" / "audit"
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", each) for each in package["dependencies"].values())
    for name, each in lock["packages"].items():
        assert "resolved" not in each, name
        assert not name or each["integrity"].startswith("sha512-"), name
    for name, version in package["dependencies"].items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version


def test_notebooks_are_kept_without_outputs():
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs"), path.name
            assert not cell.get("execution_count"), path.name


def test_the_library_knows_no_country_of_the_data():
    data = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["clashbook"]
    episodes = "|".join(map(re.escape, data["focus"]))
    parties = "|".join(map(re.escape, data["parties"]))
    # A day, in an example of how to write one, is no episode.
    own = re.compile(rf"\b({parties}|Armenia|Azerbaijan)|\b({episodes})\b(?!-\d\d)")
    for source in (ROOT / "clashbook").rglob("*.py"):
        assert not own.findall(source.read_text(encoding="utf-8")), source.name


def test_the_citation_file_is_valid_against_the_schema_of_its_format():
    command = [sys.executable, "-m", "check_jsonschema"]
    command += ["--builtin-schema", "vendor.citation-file-format", "CITATION.cff"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_assertion_has_its_comparison_for_a_message():
    faults = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert) and isinstance(node.msg, ast.Compare | ast.BoolOp)
    ]
    assert faults == []


def test_what_is_drawn_for_tests_is_the_same_each_time():
    drawing = settings.get_profile("repeatable")
    assert drawing.derandomize
    assert drawing.database is None


def test_make_alone_lists_every_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    done = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert {line.split()[1] for line in done.stdout.splitlines()} == targets


def test_the_system_packages_of_the_ci_are_those_of_the_readme():
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    packages = re.search(r"^packages=\((.*)\)$", run, re.MULTILINE)[1].split()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"apt-get install {' '.join(packages)}" in readme


def make(folder, *arguments):
    """Run make with an environment whose Python only says what it is asked to do."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    command = ["make", "--no-print-directory", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


# `python -m venv .venv` makes an environment that has pip and a command of its folder.
STUB = """#!/bin/sh
if [ "$2" = venv ]; then
    mkdir -p .venv/bin && cp "$0" .venv/bin/python && : > .venv/pip
    printf '#!/bin/sh\\necho code of %s\\n' "$(pwd -P)" > .venv/bin/clashbook
    chmod +x .venv/bin/clashbook
fi
[ "$2" != pip ] || [ -e .venv/pip ]
"""


@pytest.fixture
def clone(tmp_path):
    """A project whose Makefile is the real one and whose Python is a stub."""
    folder = tmp_path / "first one"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    (tmp_path / "python").write_text(STUB)
    (tmp_path / "python").chmod(0o755)
    return folder


def made(folder):
    return make(folder, f"PYTHON={folder.parent / 'python'}", "check")


def test_an_environment_is_made_once(clone):
    assert "making .venv" in made(clone)
    assert made(clone) == f"code of {clone}\n"


@pytest.mark.parametrize("way", [shutil.copytree, shutil.move])
def test_a_copied_or_moved_project_runs_its_own_code(clone, way):
    made(clone)
    other = clone.with_name("second one")
    way(clone, other)
    assert made(other).splitlines()[-1] == f"code of {other}"


def test_an_environment_that_is_half_made_is_made_anew(clone):
    (clone / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(clone.parent / "python", clone / ".venv" / "bin" / "python")
    assert made(clone).splitlines()[-1] == f"code of {clone}"


def test_an_environment_that_does_not_say_its_folder_is_taken_over_as_it_is(clone):
    made(clone)
    (clone / ".venv" / ".folder").unlink()
    assert made(clone) == f"code of {clone}\n"


def test_the_command_refuses_a_project_that_has_other_code(tmp_path, monkeypatch):
    (tmp_path / "clashbook").mkdir()
    (tmp_path / "clashbook" / "__init__.py").touch()
    shutil.copy(ROOT / "_config.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli.main, ["check"])
    assert done.exit_code == 2
    assert f"this command runs the code of {ROOT}; run make in {tmp_path}" in done.output


def test_check_names_a_notebook_that_was_saved_with_outputs(tmp_path):
    (tmp_path / "notebooks").mkdir()
    path = tmp_path / "notebooks" / "one.ipynb"
    shown = new_code_cell("1", outputs=[new_output("stream", text="1")])
    nbformat.write(new_notebook(cells=[new_code_cell("0"), shown]), path)
    edition = Edition(replace(config.read(ROOT), root=tmp_path), tmp_path, tmp_path / "site")
    said = ["one.ipynb, cell 2: saved with outputs; remove them: make strip"]
    assert list(preflight.saved_outputs(edition)) == said
    (code,) = re.findall(r"python -c '(.*strip.*)'", (ROOT / "Makefile").read_text())
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    assert list(preflight.saved_outputs(edition)) == []
