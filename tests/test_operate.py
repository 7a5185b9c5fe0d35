"""Every command of docs/operate.md says of itself who has run it: a test, a person, or nobody."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
PAGE, _, LIST = TEXT.partition("## Which of these commands were run")
BLOCK = r"^```{}\n(.*?)^```$"
# What begins a command where it stands in a sentence.
PROGRAMS = (
    "sudo", "docker", "podman-compose", "pip", "git", "scripts/run", "scripts/install", "ouvido",
    "ssh", "curl", "journalctl", "chown", "python",
)  # fmt: skip
SETTING = re.compile(r"[A-Z_]+=\S*( |$)")


def _in_blocks() -> set[str]:
    lines = "\n".join(re.findall(BLOCK.format("bash"), PAGE, re.DOTALL | re.MULTILINE)).split("\n")
    commands = {re.split(r"(?:^|\s+)# ", line)[0].strip() for line in lines}
    return {command for command in commands if command and not SETTING.match(command)}


def _in_sentences() -> set[str]:
    prose = re.sub(BLOCK.format(r"\w*"), "", PAGE, flags=re.DOTALL | re.MULTILINE)
    return {
        code
        for code in re.findall(r"`([^`\n]+)`", prose)
        if code.split()[0] in PROGRAMS and " " in code
    }


def _listed() -> list[str]:
    """The commands of the list, whose three paragraphs also name files."""
    return [code for code in re.findall(r"`([^`\n]+)`", LIST) if not code.startswith("tests/")]


def test_every_command_is_in_the_list_once() -> None:
    commands = _in_blocks() | _in_sentences()
    assert len(commands) > 40
    listed = Counter(_listed())
    assert sorted(commands - listed.keys()) == []
    assert [command for command, times in listed.items() if times > 1] == []
    others = {"scripts/install", "scripts/run", "systemd-analyze verify", "backup -"}
    assert sorted(listed.keys() - commands - others) == []


def test_the_tests_it_names_are_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", LIST)
    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_what_was_run_by_hand_has_its_date() -> None:
    [day] = re.findall(r"^By hand on (\S+):", LIST, re.MULTILINE)
    assert date.fromisoformat(day) <= date.today()


def test_the_unit_file_starts_what_is_there() -> None:
    [unit] = re.findall(BLOCK.format("ini"), PAGE, re.DOTALL | re.MULTILINE)
    [start] = re.findall(r"^ExecStart=/srv/ouvido/(\S+)$", unit, re.MULTILINE)
    assert (ROOT / start).stat().st_mode & 0o111
    assert "RestartPreventExitStatus=2" in unit  # as main() and scripts/run end on a wrong setting
