"""A model on trial: how it does on an operator's own labelled lines, before it is put in place.

`lines` reads them, `run` has a model read them, `heads` and `words` count what came of it,
`intervals` says how far that can be trusted, `compare` sets two models side by side, `show` tells
it. Nothing here trains, and no torch is needed.
"""
