"""Travel documents: the machine readable zone and the signed card code, as pure bytes and facts."""
