"""Settings of this computer: the camera that was chosen is remembered, with its size and exposure; damage is named."""

from pathlib import Path

import pytest

from workstation.settings import FILE, Settings, SettingsDamaged, load_settings, save_settings


def test_the_chosen_camera_is_remembered(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()
    chosen = Settings(
        camera='camera:046d:0825:HD "Webcam" \\C270#2',
        camera_width=1920,
        camera_height=1080,
        camera_exposure_ms=20,
    )
    save_settings(tmp_path, chosen)
    assert load_settings(tmp_path) == chosen
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "text",
    ["camera = 3", "camera_width = 'wide'", "colour = 'red'", "camera = ", "\x00", "camera_width = 1.5"],
)
def test_settings_that_cannot_be_meant(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(SettingsDamaged):
        load_settings(tmp_path)
