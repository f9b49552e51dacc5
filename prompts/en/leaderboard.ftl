# The leaderboard of a class.

command-leaderboard = who in your class tells opinions from facts best

leaderboard-no-class = You are in no class. /join takes you into one with its code.
leaderboard-which = The leaderboard of which class?
leaderboard-head = 🏆 <b>{ $name }</b>: who tells opinions from facts best (d′, first answers alone)
leaderboard-place = { $place }. { $name } · { $sensitivity }
leaderboard-own = <b>{ $place }. { $name } · { $sensitivity }</b> ← you
leaderboard-anonymous = somebody
leaderboard-empty = Nobody is shown yet.
leaderboard-too-few = You will be shown here once you have judged { $least } opinions and { $least } facts or claims that your class was sent.
leaderboard-off = You are not shown: only those who wish to be are. Without a nickname you are “somebody”.
leaderboard-on = You are shown because you wished to be. Without a nickname you are “somebody”.
leaderboard-more = … and { $count } more.

button-rank-me = Show me too
button-rank-me-not = Do not show me
