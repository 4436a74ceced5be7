"""The holder's signature on the card: of whom the policy asks one, and when it holds the work up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

OLDEST = 120  # full years; a higher age is a slip of the hand


@dataclass(frozen=True)
class SignatureRules:
    """From `from_age` full years on a signature is asked for, None: of nobody. Where it is `required` the captures end
    with a signature or with the reason why the person cannot sign. Assumptions: nothing is published."""

    from_age: int | None = 15
    required: bool = False

    def asked_at(self, age: int) -> bool:
        """Whether a person of `age` full years is asked to sign."""
        return self.from_age is not None and age >= self.from_age


def read_signature_rules(data: Mapping[str, object]) -> SignatureRules:
    """The `signature` of a policy document; what it does not name is as above. ValueError with the key at fault."""
    unknown = sorted(set(data) - {"from_age", "required"})
    if unknown:
        raise ValueError(f"signature.{unknown[0]}: not a rule")
    age, required = data.get("from_age", 15), data.get("required", False)
    if age is not None and (type(age) is not int or not 0 <= age <= OLDEST):
        raise ValueError(f"signature.from_age: neither null nor 0 to {OLDEST}")
    if not isinstance(required, bool):
        raise ValueError("signature.required: neither true nor false")
    return SignatureRules(age, required)
