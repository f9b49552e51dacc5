# The end of a round, and the score.

summary-head = 🏁 <b>Round finished.</b> { $points } of { $total } points.
summary-cancelled = 🏁 { $answered ->
    [0] <b>Round ended.</b> No question was answered.
   *[other] <b>Round ended after { $answered } of { $total }.</b> { $points } of { $answered } points.
  }
summary-kind = Kinds: { $right } of { $total } right
summary-loaded = Loaded words: { $hits } found, { $misses } missed, { $over } marked that are not
summary-reason = Reasons: { $right } of { $total } hit the point, { $unsure } put aside for a person
summary-borderline = Borderline or not sure enough to grade: { $count }, accepted
summary-late = Answered after the time was up: { $count }, out of the count
summary-again = Worth another look:
summary-again-item = • “{ $passage }”: { $expected }
summary-again-more = … and { $count } more
summary-again-clean = nothing is loaded
summary-again-loaded = loaded: { $words }
summary-again-keyless = no key says, and nobody has judged it yet
summary-again-judged = look again for what in it decides its kind
summary-next-review = What you missed comes back { $days ->
    [0] within twelve hours
    [one] tomorrow
   *[other] in { $days } days
  }. /review brings it up when it is due.
summary-nothing-missed = Nothing missed.

score-head = 📊 <b>Your score</b>
score-empty = No answers yet. /quiz starts a round.
score-answers = { $count ->
    [one] One answer
   *[other] { $count } answers
  } so far.
score-stance-others = You called { $false_alarms } of { $others } facts and claims an opinion.
score-stance-signals = You recognised { $hits } of { $signals } opinions.
score-source-others = You missed the source in { $false_alarms } of { $others } sentences that have one.
score-source-signals = You saw that nobody is named in { $hits } of { $signals } sentences that have no source.
score-loaded = Loaded words: { $hits } found, { $misses } missed, { $over } marked that are not.
score-reason = Reasons: { $right } hit the point, { $unsure } put aside for a person.
score-too-few = Once you have judged { $enough } opinions and { $enough } facts or claims, I can also say how well you tell them apart and which way you lean.
score-discern = Telling opinions from facts: <b>{ $level ->
    [none] no better than guessing
    [fair] a fair start
    [good] good
   *[excellent] excellent
  }</b> (d′ { $d }, between { $low } and { $high }).
score-lean = { $lean ->
    [signal] You lean to calling things opinions.
    [others] You lean to calling things facts.
   *[even] You lean to neither side.
  }
score-due = { $count ->
    [0] Nothing is due for review.
    [one] One question is due: /review
   *[other] { $count } questions are due: /review
  }
score-next-due = The next review is { $days ->
    [0] within twelve hours
    [one] tomorrow
   *[other] in { $days } days
  }.

picture-title = Right answers, last 10 at a time
picture-answers = answers
picture-share = share right
picture-kind = kinds
picture-loaded = loaded words
picture-reason = reasons
picture-name = score.png
