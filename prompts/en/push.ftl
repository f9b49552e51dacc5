# Pushing sets to a class: what instructors and learners see of it.

# Putting a push together.

push-no-class = You teach no class yet, so there is nobody to push a set to. Make a class first.
push-none = Nothing was pushed to your classes yet. /push begins.
push-which-class = Which class is it for?
push-which-set = Which set shall go to <b>{ $class_name }</b>?
push-head = 📤 <b>{ $title }</b> for <b>{ $class_name }</b> ({ $learners ->
    [0] nobody has joined yet
    [one] one learner
   *[other] { $learners } learners
  })
push-zone = Press a line to change it. Times are those of { $zone }.
push-ask-send = When shall it go out? Times are those of { $zone }.
push-ask-deadline = Until when may it be answered? Times are those of { $zone }.
push-ask-reminder = When shall those who have not finished be reminded? Times are those of { $zone }.
push-ask-kinds = Which kinds shall be offered? Questions that they cannot answer are left out. Two at least stay.
push-type-time = Type a time, such as “tomorrow 9:00”, “friday 18:30”, “in 2 hours” or “2026-12-01 09:00” ({ $zone }).
push-time-unreadable = I cannot read that as a time. Try “tomorrow 9:00” or “2026-12-01 09:00”; it is { $now } now.
push-time-past = That is over already: it is { $now } now. Which time do you mean?
push-time-far = That is more than a year away (it is { $now } now). Which time do you mean?
push-time-skipped = That time does not exist: clocks are put forward over it (it is { $now } now). Which other time?
push-is-gone = That push is not being put together any more. /push begins a new one.

push-problem-no-questions = No question of this set can be answered with these kinds.
push-problem-deadline = The deadline has to come after it goes out.
push-problem-reminder-first = The reminder has to come after it goes out.
push-problem-reminder-last = The reminder has to come before the deadline.

button-push-send = 🕘 Send: { $time ->
    [none] now
   *[other] { $time }
  }
button-push-deadline = 🏁 Until: { $time ->
    [none] no deadline
   *[other] { $time }
  }
button-push-reminder = ⏰ Remind: { $time ->
    [none] no
   *[other] { $time }
  }
button-push-feedback = Feedback: { $value ->
    [deferred] at the end
   *[immediate] at once
  }
button-push-retry = Retry: { $value ->
    [no] first counts
   *[yes] allowed
  }
button-push-over = Marking too much: { $value ->
    [no] is free
   *[yes] costs
  }
button-push-seconds = Time: { $value ->
    [none] no limit
   *[other] { $value } s each
  }
button-push-order = Order: { $value ->
    [fixed] as in file
   *[composed] composed
  }
button-push-size = Length: { $value ->
    [none] usual
   *[other] { $value }
  }
button-push-kinds = Kinds: { $count }
button-push-on = ✅ { $label }
button-push-off = ▫️ { $label }
button-push-confirm = Send it ✔
button-push-drop = Drop it
button-push-stop = Stop it
button-push-back = ◀ Settings
button-push-type = Type a time
button-push-none = None
button-push-now = Now
button-push-hour = In an hour
button-push-morning = Tomorrow 9:00
button-push-1d = A day later
button-push-3d = 3 days later
button-push-7d = A week later
button-push-1h = 1 hour before
button-push-24h = 24 hours before
button-push-48h = 48 hours before

toast-push-gone = That push is not being put together any more.
toast-push-through = That one is through already.

# How a push goes.

progress-draft = 📤 <b>{ $title }</b> for <b>{ $class_name }</b> is being put together. { $time }
progress-waiting = 🕘 <b>{ $title }</b> goes to <b>{ $class_name }</b>: { $time }
progress-sending = 📨 <b>{ $title }</b> is going to <b>{ $class_name }</b> … { $time }
progress-sent = 📬 <b>{ $title }</b> went to <b>{ $class_name }</b>: { $time }
progress-cancelled = 🚫 <b>{ $title }</b> for <b>{ $class_name }</b> was stopped. { $time }
progress-counts = Sent: { $sent } of { $total }
progress-played = Opened: { $opened } · Finished: { $finished }
progress-nobody = Nobody had joined the class by then, so nobody got it.
progress-blocked = Blocked the bot: { $count } ({ $who })
progress-failed = Not reached: { $count } ({ $who })
progress-unknown = May or may not have arrived: { $count } ({ $who })
push-cut-off = ⚠️ I was interrupted while sending <b>{ $title }</b> to <b>{ $class_name }</b>. I cannot tell whether it reached { $who }, and send nothing twice. Please ask them; everybody else gets it.
push-came-too-late = ⚠️ <b>{ $title }</b> did not go to <b>{ $class_name }</b>: when its turn came, its deadline had passed.

# What learners see.

push-arrives = 📬 <b>{ $class_name }</b>: <b>{ $title }</b> is there for you.
push-until = Until { $time } ({ $zone })
push-first-counts = Your first answers count, so take your time.
push-reminds = ⏰ <b>{ $class_name }</b>: you have not finished <b>{ $title }</b> yet.
push-reminds-off = <i>/reminders off, and I will not remind you any more.</i>
button-push-begin = Begin ▶
push-gone = That set is not there any more.
push-not-yours = That set is for a class that you are not in.
push-over = The deadline has passed ({ $time }, { $zone }), so this set is closed. Whatever you answered in time counts.
push-done = You have finished this set, and here the first answers count. /quiz has more to play.
toast-deadline = The deadline has passed. Your answers count.

reminders-head = When something for a class is still to be done, I remind you:
reminders-line = • <b>{ $class_name }</b>: { $wanted ->
    [no] no reminders
   *[yes] reminders on
  }
reminders-no-class = You are in no class, so there is nothing to remind you of.
button-reminders-on = { $class_name }: remind me
button-reminders-off = { $class_name }: no reminders

command-push = send a set to a class
command-pushes = what you have sent, and what is planned
command-reminders = whether I remind you of what a class sent
