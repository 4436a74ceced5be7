"""What the portrait requirements are called, and what the clerk does about each that is not met."""

from __future__ import annotations

from ui.language import _


def requirement_name(name: str) -> str:
    """The requirement in words; an unknown one keeps its stable name."""
    return {
        "face_count": _("One face"),
        "second_face": _("No other face"),
        "head_size": _("Size of the head"),
        "eye_distance": _("Distance of the eyes"),
        "centring": _("Position"),
        "roll": _("Head upright"),
        "pitch": _("Head level"),
        "yaw": _("Facing the camera"),
        "eyes_open": _("Eyes open"),
        "gaze": _("Eyes to the camera"),
        "mouth_closed": _("Mouth"),
        "expression": _("Calm face"),
        "glasses": _("Frames off the eyes"),
        "glare": _("No glare on the eyes"),
        "red_eye": _("No red eyes"),
        "face_covered": _("Face uncovered"),
        "head_covering": _("Head covering"),
        "lighting": _("Even light"),
        "face_shadow": _("No shadow on the face"),
        "exposure": _("Light on the face"),
        "contrast": _("Contrast"),
        "background": _("Background"),
        "background_colour": _("Light background"),
        "background_shadow": _("No shadow behind"),
        "sharpness": _("Sharpness"),
        "motion_blur": _("Held still"),
        "colour_cast": _("Natural colours"),
        "pixelation": _("Fine detail"),
        "compression": _("Clean picture"),
        "resolution": _("Picture size"),
    }.get(name, name)


def requirement_advice(code: str) -> str:
    """One sentence for a Requirement's `sentence` code; empty where nothing is to be done."""
    if code.endswith("-absent") and code != "eye_distance-absent":
        return _("This could not be measured; look yourself.")
    return {
        "face_count-low": _("No face is seen. Ask the applicant to look straight into the camera."),
        "face_count-high": _("Only the applicant may be in the picture."),
        "second_face-high": _(
            "Another face is in the picture. Let others step aside; cover pictures on the wall."
        ),
        "head_size-low": _("Too far away. Bring the camera closer or ask the applicant to come nearer."),
        "head_size-high": _("Too close. Ask the applicant to move back a little."),
        "eye_distance-low": _("The face is too small in the picture. Bring the camera closer."),
        "eye_distance-absent": _(
            "The eyes are not found. Ask the applicant to look straight into the camera."
        ),
        "centring-high": _("Move the camera until the face is in the middle."),
        "roll-low": _("Ask the applicant to hold the head upright."),
        "roll-high": _("Ask the applicant to hold the head upright."),
        "pitch-low": _("Ask the applicant to raise the chin a little, or lower the camera."),
        "pitch-high": _("Ask the applicant to lower the chin a little, or raise the camera."),
        "yaw-low": _("Ask the applicant to turn the face a little to the own left."),
        "yaw-high": _("Ask the applicant to turn the face a little to the own right."),
        "eyes_open-low": _("Ask the applicant to open the eyes; hair and glasses may not hide them."),
        "gaze-high": _("Ask the applicant to look into the lens."),
        "mouth_closed-high": _("Ask the applicant to close the mouth and keep a calm face."),
        "expression-high": _("Ask the applicant not to smile."),
        "glasses-high": _("The frame is over the eyes. Ask the applicant to take the glasses off."),
        "glare-high": _("Light is reflected at the eyes. Take the glasses off or move the lamp."),
        "red_eye-high": _("The eyes are red. Switch the flash off."),
        "face_covered-high": _("Something covers the face. Clear hair, mask or hands away from it."),
        "head_covering-high": _("A head covering is worn. Keep it only where the rules allow it."),
        "lighting-low": _("The picture's left side of the face is darker. Put light on that side."),
        "lighting-high": _("The picture's right side of the face is darker. Put light on that side."),
        "face_shadow-high": _(
            "A shadow lies on the face. Take what throws it away, or put light from the front."
        ),
        "exposure-low": _("Too dark. Put more light on the face from the front."),
        "exposure-high": _("Too bright. Turn the lamp away or close the curtain."),
        "contrast-low": _("The picture is pale. Clean the lens; keep light from shining into it."),
        "background-high": _("The background is not even. Use the plain light screen behind the applicant."),
        "background_colour-low": _("The background is too dark or coloured. Use the plain light screen."),
        "background_shadow-high": _("A shadow lies behind the head. Move the applicant away from the wall."),
        "sharpness-low": _("The picture is not sharp. Ask the applicant to keep still and clean the lens."),
        "motion_blur-high": _("The picture is blurred by movement. Ask the applicant to keep still."),
        "colour_cast-high": _("The colours are not natural. Use white light and switch coloured lamps off."),
        "pixelation-high": _("The picture has coarse pixels. Choose a finer picture size of the camera."),
        "compression-high": _(
            "The picture is compressed too strongly. Choose a better quality of the camera."
        ),
        "resolution-low": _("The picture is too small. Choose a larger picture size of the camera."),
    }.get(code, "")
