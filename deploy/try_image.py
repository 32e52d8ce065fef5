"""The image without Docker: the Dockerfile's own steps in a fresh Debian, then its start command, health and a page.

`sudo .venv/bin/python deploy/try_image.py FOLDER` makes FOLDER with debootstrap, works in it by chroot as the users
whom the Dockerfile names, and leaves it there: some 2 GB. It cannot show Docker's own base image, with a Python
built apart, and Docker's limits. `--wheels` names a folder of wheels for a machine that cannot reach PyTorch's index:
torch is then taken from there.
"""

import argparse
import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from fnmatch import fnmatch
from pathlib import Path
from string import Template

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.tab import Tab  # noqa: E402

PORT = 8501
DEBIAN = "python3,python3-venv,python3-pip,python-is-python3,ca-certificates"
# A chroot that has its own /proc, in which the command is process 1 as in a container.
INSIDE = 'mount --bind /dev "$0/dev" && mount -t proc proc "$0/proc" && exec chroot --userspec="$1" "$0" "${@:2}"'


class Image:
    """What the instructions of the Dockerfile have made so far."""

    def __init__(self, folder: Path):
        self.folder, self.user, self.place = folder, "0:0", "/"
        self.env = {"PATH": "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin", "HOME": "/root"}
        self.env |= {name: os.environ[name] for name in ("SSL_CERT_FILE",) if name in os.environ}  # of a proxy
        self.start: list[str] = []
        self.health: list[str] = []

    def command(self, *command: str) -> list[str]:
        """The command line by which a command runs inside."""
        given = [f"{name}={value}" for name, value in self.env.items()]
        inside = ["env", "-i", "-C", self.place, *given, *command]
        return ["unshare", "--mount", "--pid", "--fork", "bash", "-c", INSIDE, str(self.folder), self.user, *inside]

    def run(self, *command: str) -> None:
        """Run it inside and wait for its end."""
        subprocess.run(self.command(*command), check=True)

    def copy(self, given: str) -> None:
        """COPY, of one file or of all that git knows of and .dockerignore leaves."""
        owner, source, target = re.fullmatch(r"--chown=(\w+) (\S+) (\S+)", given).groups()
        names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        left_out = (ROOT / ".dockerignore").read_text().split()
        files = [name for name in names.splitlines() if not any(_under(name, pattern) for pattern in left_out)]
        place = self.folder / self.place.lstrip("/") / target
        for name in files if source == "." else [source]:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place / name)
        subprocess.run(["chroot", self.folder, "chown", "-R", f"{owner}:", self.place], check=True)


def _under(name: str, pattern: str) -> bool:
    return fnmatch(name, pattern.replace("**/", "*")) or name.startswith(f"{pattern}/")


def instructions(text: str) -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each with what stands behind it on one line."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    return [tuple(re.split(r"\s+", line.strip(), maxsplit=1)) for line in whole.splitlines() if line.strip()]


def build(image: Image, wheels: Path | None) -> None:
    """Carry out every instruction, in order."""
    for name, given in instructions((ROOT / "Dockerfile").read_text()):
        print(f"== {name} {' '.join(given.split())}", flush=True)
        match name:
            case "FROM":
                print(f"   instead of that: Debian bookworm with {DEBIAN}")
                debootstrap = ["debootstrap", "--variant=minbase", f"--include={DEBIAN}", "bookworm", image.folder]
                subprocess.run(debootstrap, check=True, stdout=subprocess.DEVNULL)
                (managed,) = image.folder.glob("usr/lib/python3.*/EXTERNALLY-MANAGED")
                managed.unlink()  # Debian guards its own Python against pip; that of Docker's image is free
                for file in ("/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt"):
                    shutil.copy(file, f"{image.folder}{file}")
                if wheels:
                    shutil.copytree(wheels, image.folder / "wheels")
            case "RUN":
                if wheels and "--torch-backend=cpu" in given:
                    print("   instead of --torch-backend=cpu: --find-links /wheels")
                    given = given.replace("--torch-backend=cpu", "--find-links /wheels")
                image.run("sh", "-c", given)
            case "USER":
                entry = re.search(rf"^{given}:.*", (image.folder / "etc/passwd").read_text(), re.MULTILINE)[0].split(
                    ":"
                )
                image.user = f"{entry[2]}:{entry[3]}"
            case "ENV":
                for variable, value in re.findall(r"(\w+)=(\S+)", given):
                    image.env[variable] = Template(value).substitute(image.env)
            case "WORKDIR":
                image.place = given
                (image.folder / given.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "COPY":
                image.copy(given)
            case "HEALTHCHECK":
                image.health = json.loads(given.partition("CMD ")[2])
            case "CMD":
                image.start = json.loads(given)
            case "EXPOSE":
                assert given == str(PORT)
            case _:
                raise ValueError(f"The Dockerfile's {name} is not known here.")


def try_it(image: Image) -> None:
    """Start it, ask for its health until it answers, read Home and train on a page; then stop it as Docker does."""
    begun, log = time.monotonic(), image.folder.parent / f"{image.folder.name}.log"
    with log.open("w") as out:
        server = subprocess.Popen(image.command(*image.start), stdout=out, stderr=out, start_new_session=True)
    try:
        while subprocess.run(image.command(*image.health), capture_output=True, check=False).returncode:
            if server.poll() is not None or time.monotonic() > begun + 120:
                raise RuntimeError(f"It did not come up: see {log}.")
            time.sleep(0.2)
        print(f"healthy after {time.monotonic() - begun:.1f} s", flush=True)
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/") as answer:
            print("first page:", re.search("<h1>(.*?)</h1>", answer.read().decode())[1], flush=True)
        asyncio.run(train(Tab("training")))
        print(f"a run has trained after {time.monotonic() - begun:.1f} s", flush=True)
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
        print(f"it ended by SIGTERM; {len(log.read_text().splitlines())} lines of log in {log}", flush=True)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)


async def train(tab: Tab) -> None:
    """Open the page, press Start and wait until it has been looked at ten times while it trains."""
    listens = asyncio.create_task(tab.listen(f"http://127.0.0.1:{PORT}"))
    await tab.press("Start")
    await tab.until(lambda: sum(answer.kind == "tick" for answer in tab.answers) >= 10)
    listens.cancel()
    if tab.errors:
        raise RuntimeError(f"The page says: {tab.errors}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="is made; must not exist")
    parser.add_argument("--wheels", type=Path, help="a folder with torch's CPU build")
    asked = parser.parse_args()
    if asked.folder.exists():
        parser.error(f"{asked.folder} is there already")
    missing = [name for name in ("debootstrap", "unshare", "chroot") if not shutil.which(name)]
    if os.geteuid() or missing:
        parser.error(f"this needs root, and {', '.join(missing) or 'nothing else'}")
    image = Image(asked.folder.absolute())
    build(image, asked.wheels)
    try_it(image)


if __name__ == "__main__":
    main()
