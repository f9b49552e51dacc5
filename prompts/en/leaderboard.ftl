# The leaderboard of a class.

command-leaderboard = who in your class tells opinions from facts best

leaderboard-no-class = You are in no class. /join takes you into one with its code.
leaderboard-which = The leaderboard of which class?
leaderboard-head = 🏆 <b>{ $name }</b>: who tells opinions from facts best (d′, first answers alone)
leaderboard-place = { $place }. { $name } · { $sensitivity }
leaderboard-own = <b>{ $place }. { $name } · { $sensitivity }</b> ← you
leaderboard-anonymous = somebody
leaderboard-empty = Nobody stands here yet.
leaderboard-too-few = You will stand here once you have judged { $least } opinions and { $least } facts or claims that your class was sent.
leaderboard-off = Only those who wish to stand here; you do not. Without a nickname you are “somebody”.
leaderboard-on = You stand here because you wished to. Without a nickname you are “somebody”.
leaderboard-more = … and { $count } more.

button-leaderboard-join = Put me on it
button-leaderboard-leave = Take me off
