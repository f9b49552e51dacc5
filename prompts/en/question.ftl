# A question, as one message.

question-head = <b>{ $number } of { $total }</b>{ $invented }{ $seconds }
question-invented = {" "}· invented for practice
question-seconds = {" "}· ⏱ { $seconds } s

ask-kind = What kind of sentence is the one in <b>bold</b>?
ask-loaded = Which words in <b>bold</b> push instead of telling? Quote them or type them, separated by commas. Sometimes there are none.
ask-reason = The sentence in <b>bold</b> is <b>{ $kind }</b>. What in it tells you so? One sentence of your own is enough.
ask-reason-open = What in the sentence in <b>bold</b> tells you whether it states or judges, and who says so?

taught-kind =
    💡 <i>Warm-up. Two checks sort every sentence:</i>
    <i>1. Could a document, a record or a witness settle it? If so it is a fact or a claim; if not, an opinion.</i>
    <i>2. Does the page name somebody you could go to? If so it is sourced, or reported; if not, unsourced, or the writer's own.</i>

question-cut-off = The connection broke just as I asked question { $number } of { $total }. If you do not see it, press the button.

source-line = 📰 <i>{ $title }</i> · { $details }
source-author-unstated = author { $value }
source-publisher-unstated = publisher { $value }
source-date-unstated = date { $value }
source-note = ℹ️ { $note }

round-begins = Here we go: { $count ->
    [one] one question
   *[other] { $count } questions
  }.
round-begins-review = Back to what you missed: { $count ->
    [one] one question
   *[other] { $count } questions
  }.
round-replaced = Your earlier round ended at { $answered } of { $total }; its answers count.
round-scarce = There are too few { $kinds } here for an even mix.
round-only-loaded = There is no clean passage here to look for loaded words in.
round-only-clean = There is no loaded passage here among the clean ones.
list-and = { $first } and { $last }
