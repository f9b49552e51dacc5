# Greeting, help, privacy, and everything that is not a round.

start =
    👋 <b>Who says?</b>

    I show you short passages from news articles. You tell a sourced fact from a claim nobody stands behind, a reported opinion from the writer's own, and spot the words that push. After each answer you see what was right and <i>why</i>.

    It is not about distrusting everything. Calling every sentence an opinion earns nothing here; telling them apart does.

    🔒 I keep a number for you, your answers and your score, nothing else. No name. /forget deletes it all. /privacy says more.
start-open-round = You have a round open, at question { $number } of { $total }.

help-head = <b>What I can do</b>
help-line = /{ $command } · { $what }
help-tail = In a question, press a button or just type. For loaded words you can also mark them in my message and reply with a quote.

command-start = what this is
command-quiz = play a round
command-review = what you missed, when it is due
command-score = your score and progress
command-help = this list
command-cancel = end the round
command-privacy = what is kept and why
command-mydata = everything I keep about you, as a file
command-forget = delete it all

choose-set = Which text?
unknown-set = I have no set called “{ $slug }”. Which of these?
no-sets = There are no quiz sets yet. Whoever runs this bot has to publish one.
nothing-due = Nothing is due for review{ $next }. /quiz starts a new round.
nothing-due-next = {" "}yet; the next is { $days ->
    [0] within twelve hours
    [one] tomorrow
   *[other] in { $days } days
  }
nothing-to-cancel = There is no round to end. /quiz starts one.
no-questions = This set has no questions to ask.
review-gone = What you missed is in none of the sets any more. /quiz starts a new round.

type-not-in-passage = I cannot find “{ $words }” in the bold part. Quote or copy the words as they stand there, or press “{ $button }”.
type-nothing = Type the words, or press “{ $button }”.
type-a-reason = Tell me in a few words, or press “{ $button }”.
type-too-long = That is { $length } characters, and I read { $limit } at most. The words alone, or one sentence, are enough.
type-a-kind = Press one of the buttons, or type one of: { $kinds }.
type-next = You have answered that one. Press “{ $button }” under the answer to go on.
type-text-only = I can only read text. Press a button or type your answer.
wait-costly = That takes me some effort, and you have just asked for a lot of it. Please try again in a minute.
wait-guesses = Too many codes that open nothing. Please look again at the one you were given, and try in some minutes.
wait-flood = That is more than I can read at once, so I have left some of it unread. Please wait for my answers, and go on from the last one.
no-round = I did not understand that. /quiz starts a round, /help shows all I can do.
unknown-command = I do not know /{ $command }. /help shows all I can do.
not-your-command = /{ $command } is for those who teach with me. Whoever runs this bot can invite you. /help shows what you can do.
toast-not-your-button = This button is for those who teach with me.
private-only = I only work in a private chat: write to me directly.

privacy =
    🔒 <b>What is kept</b>

    • Telegram gives me your user id. It stands in one table, beside the number I call you by, and nowhere else.
    • Under that number: your rounds, what you answered, how it was graded, what you disagreed with, and when a missed question comes back.
    • A message of yours waits in an inbox until it is answered; after that only its number stays there.
    • What you type as a reason is kept with the answer, so that a person can settle doubtful grades. Please put nothing private in it.
    • If you join a class: that you are in it, the nickname you choose (or none), and what was sent to you there. Those who teach it see your answers to what they send, under your number or nickname; they can ask for your user id beside them.

    <b>What is not</b>: your name, your phone, your contacts, your other messages.

    Grading happens on the machine this bot runs on. Nothing is sent to anybody else, and no model is trained on your answers.

    /mydata sends you everything. /forget deletes everything at once. Backups, which are there for a breakdown and for nothing else, hold it until they are replaced; if one is ever used, you are deleted from it too.

mydata-caption = Everything I keep about you.
mydata-name = whosays-my-data.json
forget-ask = This deletes your number, your rounds, answers, score and reviews. It cannot be undone. Really?
forget-done = Done. I know nothing about you any more. If you write again, you start as somebody new.
forget-kept = Nothing was deleted.

failure = Something went wrong on my side. Nothing is lost: please try that again in a moment.
