"""The alert rules of deploy/prometheus: Prometheus takes them, and /metrics shows what they ask."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from bot import metrics  # noqa: F401  (registers them)

RULES = Path(__file__).parents[1] / "deploy" / "prometheus" / "alerts.yaml"


def _shown() -> set[str]:
    """The names of all series, as /metrics shows them, whether they have a value yet or not."""
    kinds = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"], "info": ["_info"]}
    return {
        metric.name + suffix
        for metric in REGISTRY.collect()
        for suffix in kinds.get(metric.type, [""])
    }


def test_rules_ask_for_what_is_shown() -> None:
    asked = set(re.findall(r"\bouvido_\w+", RULES.read_text(encoding="utf-8")))
    assert len(asked) >= 4
    assert asked - _shown() == set()


def test_prometheus_takes_the_rules() -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have promtool: scripts/test-tools installs it")
        pytest.skip("promtool (Debian's package prometheus) is not installed")
    checked = subprocess.run(
        [promtool, "check", "rules", str(RULES)], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
