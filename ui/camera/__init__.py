"""The live picture of a camera: a stream in a lane of its own, and the widget that shows it."""
