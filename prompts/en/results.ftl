# Results of a class, disputes, regrades.

command-results = what your classes answered
command-disputes = answers that wait for your decision
command-regrade = grade again after a key changed

results-which = The results of which class?
results-none = Nobody in “{ $name }” has answered anything that you sent there yet.
results-head =
    📊 <b>{ $name }</b>
    { $learners ->
        [one] One learner
       *[other] { $learners } learners
    }, { $answers ->
        [one] one first answer
       *[other] { $answers } first answers
    }, { $retries } retries (not counted below).
results-stance = Opinion or claim: d′ { $sensitivity } ({ $low } to { $high }), lean c { $lean }
results-source = Sourced or not: d′ { $sensitivity } ({ $low } to { $high }), lean c { $lean }
results-few = So few answers say little; wait for more before you read much into them.
results-missed = <b>Most missed</b>
results-suspect = ⚠️ The best learners miss “{ $passage }” too. Its key may be wrong.
results-agreed = Of { $total } answers that the machine was not sure of and a person has settled, they agree on { $agree }.
results-learners = <b>{ $name }</b>, by mean score of first answers
results-learner = { $name }: { $score } of { $answers }{ $retries }{ $discerns }, { $over } words marked too much
results-learner-discerns = , d′ { $sensitivity }
results-retries = {" "}(again: { $score } of { $retries })
results-questions = <b>{ $name }</b>, the most missed first (facility; discrimination; what was said)
results-question = • “{ $passage }” ({ $ask }): { $score } of { $answers }{ $retries }; { $discrimination }; { $said }
results-percent = { $percent } %
results-said = { $said } { $count }
results-said-words = “{ $words }”
results-said-nothing = nothing
results-said-not-sure = not sure
results-more = … and { $count } more: the files have all.
results-ask-kind = kind
results-ask-loaded = loaded words
results-ask-reason = reason
results-file = { $name }: { $count } answers, learners by number.
results-file-identities = { $name }: { $count } answers, with Telegram ids. Keep this file to yourself.
results-csv = results.csv
results-jsonl = results.jsonl
results-picture = Mean scores of the learners
results-picture-name = results.png
results-picture-score = mean score of first answers
results-picture-learners = learners

word-right = right
word-partly = partly
word-wrong = wrong
word-passed = not sure
word-borderline = borderline
word-unsure = accepted
word-late = late

button-results-learners = By learner
button-results-questions = By question
button-results-files = Files
button-results-identities = Files with Telegram ids

case-none = Nothing waits for your decision.
case-head = { $count ->
    [one] One answer waits
   *[other] { $count } answers wait
  } for your decision.
case-kind = Asked for its kind, a learner said: { $said }
case-loaded = Asked for loaded words, a learner said: { $said }
case-reason = Asked what tells them so, a learner said: { $said }
case-nothing = nothing
case-not-sure = not sure
case-key = The key says: { $kind }.
case-key-words = Loaded, says the key: { $words }
case-key-reasons = A good reason names one of these: { $cues }
case-no-key = There is no key.
case-machine = The classifier: { $label } ({ $percent } %)
case-why-disputed = The learner disagrees with the grade.
case-why-unsure = The machine was not sure, so the answer was accepted for now.
case-words = Their words: “{ $words }”
toast-case-gone = That is decided already, or not yours to decide.
told-upheld = About “{ $passage }”: a person has looked at your answer, and the grade stays as it was.
told-accepted = About “{ $passage }”: a person has looked at your answer and counts it as right.
told-rejected = About “{ $passage }”: a person has looked at your answer and finds that it is not right. No machine was sure of it.
told-rekeyed = About “{ $passage }”: a person has looked at it and changed the key. Thank you for speaking up.
rekeyed = The key is changed in a new version of “{ $title }”; an explanation of the old kind is gone with it. Answers given before keep their grades until you grade them again.

dispute-words-ask = If you like, tell in your own words why. Or just go on.
dispute-words-kept = Thank you, I have put that beside it.

regrade-which = Grade the answers to which set again?
regrade-none = You have published no set yet.
regrade-head = <b>{ $title }</b>: { $count ->
    [0] no grade would change
    [one] one grade would change
   *[other] { $count } grades would change
  }. Nothing is changed yet.
regrade-change = learner { $learner }, { $question }: { $before } → { $after }
regrade-worth = { $verdict } ({ $score })
regrade-more = … and { $count } more.
regrade-unfelt = { $count ->
    [one] One answer is
   *[other] { $count } answers are
  } as wrong by the new key as by the old one; only what is right would change.
regrade-spared = { $count ->
    [one] One score would fall and is
   *[other] { $count } scores would fall and are
  } left alone.
regraded = { $count ->
    [0] No answer of “{ $title }” has another score; what is right has changed
    [one] One answer of “{ $title }” has a new grade
   *[other] { $count } answers of “{ $title }” have new grades
  }. The old ones stay in the log.

regrade-undone = { $count ->
    [0] There is no regrade of “{ $title }” to undo.
    [one] One answer of “{ $title }” has its earlier grade again.
   *[other] { $count } answers of “{ $title }” have their earlier grades again.
  }

button-case-uphold = Grade stands
button-case-right = It is right
button-case-wrong = It is not right
button-case-leave = Leave it open, accepted
button-case-words = Change the key to these words
button-case-accept = Accept this answer
button-case-rekey = Change the key: { $kind }
button-regrade = Do it
button-regrade-undo = Undo the last one ({ $count })
button-regrade-look = What would change?
button-regrade-lower = Let scores fall too
button-regrade-spare = Never lower a score
