"""The standing watch (国办发〔2023〕39号 三(三)): indicators, runs, and the alerts they raise and clear. A human
decision outranks the sweep; the watch never decides eligibility.
"""
