"""A discriminator and a critic trained against a generator that stands still: Arjovsky & Bottou 2017, section 2.2."""
