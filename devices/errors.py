"""What can go wrong with a device: six kinds, each with a stable code and facts, never a sentence."""

from __future__ import annotations


class DeviceError(Exception):
    """Something a device did or failed to do.

    device: which kind ("fingerprint", "card_reader", "camera"); code: stable kebab-case name of the
    fault; facts: what a message needs (paths, counts, seconds), never personal data.
    """

    def __init__(self, device: str, code: str, **facts: str | int) -> None:
        super().__init__(device, code, facts)
        self.device = device
        self.code = code
        self.facts: dict[str, str | int] = facts

    def __str__(self) -> str:
        facts = " ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.device}: {self.code} {facts}".rstrip()


class DeviceMissing(DeviceError):
    """The device cannot be opened: not there, in use by another program, or not the device expected."""


class DeviceGone(DeviceError):
    """The device was open and is no longer: unplugged, switched off, or its line was closed."""


class DeviceTimeout(DeviceError):
    """Nothing, or not enough, came before the deadline."""


class DeviceProtocolError(DeviceError):
    """The bytes made no sense, and still made none after the bounded repetitions."""


class DeviceRefused(DeviceError):
    """The device understood and answered with an error of its own."""


class DeviceCancelled(DeviceError):
    """The caller asked to stop."""
