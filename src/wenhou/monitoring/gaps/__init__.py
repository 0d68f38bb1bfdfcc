"""The entitlement gap: the 43 items of the law beside what everybody receives, every night.

应享未享 entitled and not receiving, 享而不符 receiving and not entitled, 享受不足 receiving too little. A determination only
where all adults have authorised, else a screen; unknown neither raises nor ends a gap. 享而不符 opens a review, never a stop.
"""
