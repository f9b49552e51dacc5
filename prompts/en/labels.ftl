# Names of things that stand in several sentences. No markup here: they are used on buttons too.

kind-sourced_fact = Sourced fact
kind-unsourced_claim = Unsourced claim
kind-reported_opinion = Reported opinion
kind-opinion = Opinion

# The same inside a sentence: "this is …".
a-kind-sourced_fact = a sourced fact
a-kind-unsourced_claim = an unsourced claim
a-kind-reported_opinion = a reported opinion
a-kind-opinion = an opinion

kinds-sourced_fact = sourced facts
kinds-unsourced_claim = unsourced claims
kinds-reported_opinion = reported opinions
kinds-opinion = opinions

button-not-sure = Not sure
button-nothing-loaded = Nothing loaded
button-next = Next ▶
button-show-question = Show me the question
button-finish = How did it go? ▶
button-disagree = I disagree
button-play = Play a round
button-again = Another round
button-review = Review what I missed
button-score = My score
button-sets = Choose an article
button-help = Help
button-resume = Go on with my round
button-forget-yes = Yes, forget me
button-forget-no = No, keep everything
button-set = { $title }
button-pages = Look at the answers ▶
button-page-back = ◀ Back
button-page-on = On ▶
button-overview = Summary

# What people type for "not sure" and for "nothing loaded", separated by bars.
words-not-sure = not sure|i am not sure|i'm not sure|unsure|i don't know|i do not know|don't know|dont know|no idea|idk
words-nothing-loaded = nothing|none|nothing loaded|no words|no loaded words|clean|neutral
