"""What we keep of people, by the Personal Information Protection Law: what for, where, for how long, and what they may ask.

`purposes` is the register of processing; `data_map` tells what is where, made of the rooms' own words; `holdings` gathers what is
kept of one person; `keeping` destroys what its purpose no longer needs.
"""
