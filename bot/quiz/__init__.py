"""The pure core: what a question, a round, an answer and a grade are.

Nothing in here reads a clock, draws a random number of its own, touches a file, a network or a
database, or awaits anything. Values are frozen; a transition returns new values.
"""
