"""OpenCV leaves Qt's environment as it was, also when it was imported before and when it was set by hand."""

import os
import subprocess
import sys

import pytest

SHOW = "import os; print(os.environ.get('QT_QPA_PLATFORM_PLUGIN_PATH'), os.environ.get('QT_QPA_FONTDIR'))"


@pytest.mark.parametrize(
    ("first", "plugins"),
    [("", None), ("import cv2; ", None), ("", "/opt/qt/plugins")],
    ids=["imported here first", "imported elsewhere first", "set by hand"],
)
def test_the_environment_of_qt_stays_as_it_was(first: str, plugins: str | None) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_QPA_P")}
    if plugins:
        environment["QT_QPA_PLATFORM_PLUGIN_PATH"] = plugins
    done = subprocess.run(
        [sys.executable, "-c", f"{first}from devices.camera.opencv import cv2; {SHOW}"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == [str(plugins), "None"]
