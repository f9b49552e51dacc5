# Quiz sets that come in: files and articles, drafts, and trying a set out.

command-preview = try a set out as a learner
command-template = a spreadsheet to fill with questions

file-too-large = That file has { $size } bytes; I read up to a million. Split it into several.
file-larger = That file is larger than Telegram says; I read up to a million bytes. Split it into several.
file-lost = Your file did not reach me whole. Please send it again.
file-unknown = I can read quiz sets (yaml, csv, jsonl, gift, h5p) and articles (txt, md, html, docx, pdf), not “{ $name }”.
file-broken =
    ❌ <b>{ $name }</b> has { $count ->
        [one] one error
       *[other] { $count } errors
    }. Nothing of it is published.

    <code>{ $errors }</code>
errors-name = errors.txt
errors-caption = All errors.
template-name = my-set.csv
template-caption = One question a row. Fill it in a spreadsheet and send it back to me.

draft-head = 📝 <b>{ $title }</b>: { $count ->
    [one] one question
   *[other] { $count } questions
  }, not published yet.
draft-kind = { $kind } { $count }
draft-kinds = Kinds: { $kinds }.
draft-keyless = { $count } without a key: the classifier grades them where it is sure.
draft-scarce = Too few for a balanced round: { $kinds }.
draft-changed = Against the version that is published: { $new } new, { $changed } changed, { $removed } removed. Rounds in progress finish on the old one.
draft-open = { $count ->
    [one] One question waits
   *[other] { $count } questions wait
  } for your eyes.
draft-note = ℹ️ { $note }
draft-slug-taken = A set named “{ $slug }” is there already, and it is not yours. Give yours another name in the field “set”.
draft-discarded = Thrown away.
draft-gone = That draft is not there any more.
toast-draft-gone = That is not there any more.
set-published = ✅ “{ $title }” is published. Its name is { $slug }.
set-published-again = ✅ “{ $title }” ({ $slug }) is published as a new version. Rounds in progress finish on the old one.

draft-question = Question { $number } of { $total }
draft-no-key = No key yet: choose its kind.
draft-is = Its kind: { $kind }.
draft-read-as = I read { $kind } ({ $percent } % sure).
draft-source = Source: “{ $title }” · author { $author } · publisher { $publisher } · date { $date }
draft-source-ask =
    Where is it from? Four lines: title, author, publisher, date (as 2026-01-31). A dash for what the page does not say.
draft-source-bad = I need four lines: title, author, publisher, date. A title has up to { $most } characters.
draft-doubt = ⚠️ I am not sure of that. Please look closely.
draft-doubt-words = ⚠️ I am not sure which words push. Please look at them.
draft-loaded = Loaded: { $words }
draft-no-explanation = No explanation yet.
draft-words-ask = Which words push? Quote or type them as they stand in the bold part.
draft-words-nowhere = I cannot find those words in the bold part. Type them as they stand there.
draft-explanation-ask = Type the explanation that learners will see, up to { $most } characters.
draft-explanation-long = That is { $length } characters; { $most } fit. Try a shorter one.

preview-which = Try out which set? Nothing you answer is kept.
preview-head = 👁 <i>Trying out: nothing is kept.</i>
preview-end = That was all of “{ $title }”. Nothing was kept.

button-draft-walk = Look through them ▶
button-draft-try = Try it out
button-draft-publish = Publish for my classes
button-draft-list = Publish for everybody
button-draft-source = Where it is from
button-draft-discard = Throw away
button-draft-chosen = ✓ { $kind }
button-draft-kind = { $kind }
button-draft-loaded = ✓ loaded: { $words }
button-draft-plain = ✗ not loaded: { $words }
button-draft-words = Mark words
button-draft-explain = Explanation
button-draft-drop = Drop it
button-draft-keep = Keep it ▶

article-name = article.txt
article-read = 📰 I read { $read ->
    [one] one sentence
   *[other] { $read } sentences
  } of { $total } and propose the questions below. You decide: look through them, then publish.
article-foreign = 📰 This text does not seem to be English, and I can only read English. Below are sentences without keys: choose each kind yourself, then publish.
article-empty = I find no running text in there that I could ask about.
article-unread = I cannot read articles right now. Please try again later, or send a quiz-set file.

draft-explain-sourced_fact = Whether this is so can be checked, and it says who says so: look for the name.
draft-explain-unsourced_claim = Whether this is so can be checked, but nobody is named who says so.
draft-explain-reported_opinion = A judgement, guess or wish, and it says whose: look for the name.
draft-explain-opinion = A judgement, guess or wish in the writer's own voice: nothing could be checked against it.
draft-explain-vague_claim = Whether this is so can be checked, but who says so is only hinted at: nobody is named whom you could ask.
draft-explain-vague_opinion = A judgement, guess or wish. Whose it is is only hinted at: nobody is named whom you could ask.
