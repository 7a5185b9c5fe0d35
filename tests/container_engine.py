"""Docker, or podman where no Docker daemon answers, ready to build our image and run compose.yaml.

podman gets a store and settings of its own under the user's cache: nothing of the machine's is
changed, and what was built once is there for the next run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

BASE = "docker.io/library/debian:bookworm-slim"  # what `FROM debian:bookworm-slim` stands for
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ouvido"
PODMAN_NEEDS = ("podman", "runc", "iptables", "debootstrap")
# runc, because Debian's crun wants a pure cgroup v1 or v2; limits of our own, because podman's are
# above the hard ones of some machines.
PODMAN_SETTINGS = """
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
"""
WASTE = ("usr/share/doc", "usr/share/locale", "usr/share/man")  # of which "slim" images are free
HOST_CERTIFICATES = "/usr/local/share/host-ca.pem"  # where the build finds them, for its time only


class NoEngine(Exception):
    """Containers cannot be run here; the message says what is missing."""


class Failed(Exception):
    """A command failed; the message has its last words."""


@dataclass(frozen=True)
class Engine:
    """A way to run containers."""

    program: str  # "docker" or "podman"
    composer: tuple[str, ...]  # the command that reads compose.yaml
    host: str  # what this machine is called inside a container
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, seconds: float = 60) -> str:
        """Run the engine's command; what it printed."""
        return self._call([self.program, *arguments], Path.cwd(), seconds)

    def log(self, container: str) -> str:
        """What a container wrote, to its outputs both."""
        command = [self.program, "logs", container]
        return self._call(command, Path.cwd(), 60, stderr=subprocess.STDOUT)

    def compose(self, folder: Path, project: str, *arguments: str, seconds: float = 90) -> str:
        """Run compose on the compose.yaml of a folder."""
        return self._call([*self.composer, "-p", project, *arguments], folder, seconds)

    def build(self, folder: Path, tag: str) -> None:
        """Build a folder's Dockerfile as it stands."""
        if self.program == "docker":
            self.run("build", "-t", tag, str(folder), seconds=1200)
            return
        with tempfile.TemporaryDirectory() as temporary:
            # `docker`, because the other format has no health checks.
            command = ["build", "--format", "docker", "--isolation", "chroot", "--pull=missing"]
            command += [*_pip_mounts(Path(temporary)), "-t", tag, str(folder)]
            self.run(*command, seconds=1200)
        self.run("image", "prune", "-f", "--filter", "until=72h")  # layers of Dockerfiles long gone

    def make_base(self) -> None:
        """Have the base image: from its registry, or made from the distribution's packages."""
        try:
            self.run("image", "inspect", BASE)
        except Failed:
            try:
                self.run("pull", "-q", BASE, seconds=180)
            except (Failed, subprocess.TimeoutExpired) as error:
                self._debootstrap(error)

    def _debootstrap(self, why: Exception) -> None:
        if os.geteuid() or not shutil.which("debootstrap"):
            raise NoEngine(f"no base image without root and debootstrap: {why}")
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
            root, archive = Path(temporary, "root"), Path(temporary, "base.tar")
            command = ["debootstrap", "--variant=minbase", "bookworm", str(root)]
            self._call(command, Path(temporary), 600)
            for waste in ("var/cache/apt", "var/lib/apt/lists", *WASTE):
                shutil.rmtree(root / waste)
            self._call(["tar", "-C", str(root), "-cf", str(archive), "."], Path(temporary), 60)
            self.run("import", "-q", str(archive), BASE, seconds=120)

    def _call(
        self, command: list[str], folder: Path, seconds: float, stderr: int = subprocess.PIPE
    ) -> str:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            timeout=seconds,
        )
        if done.returncode:
            words = (done.stdout + (done.stderr or ""))[-3000:]
            raise Failed(f"{' '.join(command)} ended with {done.returncode}:\n{words}")
        return done.stdout


def find() -> Engine:
    """The engine of this machine, with the base image in it."""
    engine = _docker() or _podman()
    engine.make_base()
    return engine


def _docker() -> Engine | None:
    docker = Engine("docker", ("docker", "compose"), host="")
    try:
        docker.run("info")
        docker.run("compose", "version")
        gateway = "{{(index .IPAM.Config 0).Gateway}}"
        address = docker.run("network", "inspect", "bridge", "--format", gateway).strip()
    except (FileNotFoundError, Failed):
        return None
    return Engine("docker", docker.composer, address)


def _podman() -> Engine:
    missing = [name for name in PODMAN_NEEDS if not shutil.which(name)]
    if missing:
        raise NoEngine(f"no Docker daemon answers, and podman would need {', '.join(missing)}")
    if os.geteuid():
        raise NoEngine("no Docker daemon answers, and podman needs root here for the limits")
    problems = []
    for driver in ("overlay", "vfs"):  # where overlay cannot stand on overlay: copies
        engine = Engine(
            "podman",
            (sys.executable, "-m", "podman_compose", "--no-ansi"),
            "host.containers.internal",
            _podman_settings(driver),
        )
        try:
            engine.run("info")
        except Failed as error:
            problems.append(str(error))
        else:
            return engine
    raise NoEngine("podman does not work here: " + "\n".join(problems))


def _podman_settings(driver: str) -> dict[str, str]:
    folder = CACHE / f"containers-{driver}"
    folder.mkdir(parents=True, exist_ok=True)
    settings, storage = folder / "containers.conf", folder / "storage.conf"
    settings.write_text(PODMAN_SETTINGS)
    storage.write_text(
        f'[storage]\ndriver = "{driver}"\nrunroot = "/run/ouvido-{driver}"\n'
        f'graphroot = "{folder / "store"}"\n'
    )
    environment = {"CONTAINERS_CONF": str(settings), "CONTAINERS_STORAGE_CONF": str(storage)}
    if driver == "vfs":  # which copies everything for every layer: 6 GB and 7 minutes for ours
        environment["BUILDAH_LAYERS"] = "false"
    return environment


def _pip_mounts(temporary: Path) -> list[str]:
    """What the build needs of this machine's pip settings, behind a proxy or with an index of its
    own: mounted while it lasts, so that none of it stays in the image."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # The environment's lines come first here and count last for pip.
    found = re.findall(r"^(?:global|install|:env:)\.([\w-]+)='(.*)'$", printed, re.MULTILINE)
    settings = dict(reversed(found))
    lines, mounts = ["[global]"], []
    if certificates := settings.get("cert"):
        mounts += ["-v", f"{certificates}:{HOST_CERTIFICATES}:ro"]
        lines.append(f"cert = {HOST_CERTIFICATES}")
    for name in ("index-url", "extra-index-url"):
        reachable = re.findall(r"https?://\S+", settings.get(name, ""))  # a folder is not, in there
        lines += [f"{name} = {' '.join(reachable)}"] if reachable else []
    if len(lines) == 1:
        return []
    (temporary / "pip.conf").write_text("\n".join(lines) + "\n")
    return [*mounts, "-v", f"{temporary / 'pip.conf'}:/etc/pip.conf:ro"]
