"""The local classifier: a sentence in its paragraph → a `Reading`; a reason → a `Judgement`.

Runs a model directory (`model/` beside this file unless told otherwise) on this machine. It never
trains, never reaches the network and never writes. Nothing is imported here, so that a bot reads
the card of its model without loading what runs the model.
"""
