# What is said to an answer.

verdict-right = ✅ <b>Right.</b>
verdict-partly = 🟡 <b>Partly.</b>
verdict-wrong = ❌ <b>Not this time.</b>
verdict-passed = 🤔 <b>Not sure: fair enough.</b>
verdict-borderline = ⚖️ <b>Borderline: accepted.</b> Careful readers part ways here.
verdict-unsure = 🤝 <b>Accepted.</b>
verdict-late = ⏱ <b>A little late.</b> The time for this one was up, so it earns no points and counts neither for nor against you.
noted = ✍️ <b>Noted.</b> How it went comes after the last question.
noted-late = ⏱ <b>Noted, a little late.</b> The time for this one was up, so it earns no points. How it went comes after the last question.

is-kind = The sentence is <b>{ $kind }</b>.
would-be-kind = The key calls it <b>{ $kind }</b>.
you-chose-kind = You chose { $kind }.
sourced-caution = Sourced means you can trace it, not that it is true.

loaded-found = You found: { $words }
loaded-missed = Also loaded: { $words }
loaded-words = Loaded here: { $words }
loaded-over = Not loaded here: { $words }
loaded-stray = Not in the bold part, so not counted: { $words }
loaded-clean = Nothing in it is loaded.
list-more = { $words } and { $count } more
loaded-underlined = The loaded words are <u>underlined</u>.

reason-matched = You named what decides it: { $cues }
reason-would-name = A good reason names one of these: { $cues }
reason-good = You named what decides it.
reason-key-names = The key names: { $cues }
reason-partly = That points the right way, but it is only half of it, or could be said of many sentences.
reason-off = That does not settle what kind of sentence it is. What counts is what stands on the page, not whether it is true or whether one agrees.
reason-for-sourced_fact = A good reason names who says so here, or what a record could settle.
reason-for-unsourced_claim = A good reason names what a record could settle here, or says that nobody you could go to stands behind it.
reason-for-reported_opinion = A good reason names the words that judge here, or whose judgement it is.
reason-for-opinion = A good reason names what in it judges, predicts, urges or reads a mind.

graded-by-key = <i>Graded by the key of the set.</i>
graded-by-key-agrees = <i>Graded by the key of the set. The classifier reads it so too ({ $percent } %).</i>
graded-by-key-doubts = <i>Graded by the key of the set. The classifier was not sure here.</i>
graded-by-key-differs = <i>Graded by the key of the set. The classifier reads it as { $kind } ({ $percent } %); the key counts.</i>
graded-by-person = <i>A person has looked at this and decided.</i>
graded-by-reader = <i>Graded by the classifier, { $percent } % sure.</i>
graded-by-reader-words = <i>Graded by the classifier.</i>
graded-by-nobody = <i>The classifier is not sure enough to grade this, so your answer counts and is put aside for a person.</i>
graded-by-cues = <i>Graded by the points in the key.</i>
graded-by-cues-agrees = <i>Graded by the points in the key. The classifier finds it a good reason too ({ $percent } %).</i>
graded-by-cues-unjudged = <i>Graded by the points in the key. The classifier was not sure here.</i>
graded-by-cues-differs = <i>Graded by the points in the key. The classifier would ask for more ({ $percent } %); the key counts.</i>
graded-by-nobody-reason = <i>This one has no key, so your answer counts and is put aside for a person.</i>
graded-by-cues-unsure = <i>Your words match none of the points in the key. That proves nothing, so your answer counts and is put aside for a person.</i>
graded-by-cues-doubts = <i>Your words match none of the points in the key, and the classifier is not sure enough to grade them. So your answer counts and is put aside for a person.</i>
graded-by-cues-disputed = <i>Your words match a point in the key, and the classifier thinks that they miss it ({ $percent } %). While the two disagree your answer counts and is put aside for a person.</i>

disputed = 📝 <i>You disagree: noted. A person can look at it.</i>

toast-disputed = Noted. Thank you!
toast-answered = That one is answered already.
toast-shown = The next question is there already.
toast-closed = That round is over.
toast-not-yours = That button belongs to another round.
toast-not-asked = That does not answer this question.
toast-unknown = I do not know that button any more.
toast-pressed-twice = Once was enough.
