# Roles, invitations, and classes.

command-join = join a class with its code
command-leave = leave a class
command-class = your classes
command-invite = invite somebody to teach

invite-instructor = whoever opens it first may make quiz sets and classes
invite-operator = whoever opens it first may run this bot
invite-for-class = whoever opens it first helps to teach “{ $name }”
invite-unknown = I can invite an instructor or an operator, not “{ $given }”: /invite or /invite operator.
invitation =
    ✉️ This link works once, for { $days } days: { $what }.

    { $link }
invitation-dead = This invitation does not work: it was used, it is too old, or it was mistyped. Ask for a new one.
now-instructor = 🎓 You are an instructor now. /class makes a class, /help shows all you can do.
now-operator = 🛠 You are an operator now. /help shows all you can do.
now-co-instructor = 🎓 You help to teach “{ $name }” now. /class shows it, /help all you can do.
already-more = You may do all of that already. The invitation is used up.

classes-head = Your classes:
classes-none = You have no class yet.
class-page =
    🏫 <b>{ $name }</b>
    { $members ->
        [0] Nobody has joined yet
        [one] One learner
       *[other] { $members } learners
    } · time zone { $zone }

    Learners join with /join { $code } or this link:
    { $link }
class-made =
    🏫 <b>{ $name }</b> is made.

    Learners join with /join { $code } or this link:
    { $link }

    Its time zone is { $zone } until you change it.
class-name-ask = What is the class called? Up to { $most } characters.
class-new-name-ask = What shall it be called? Up to { $most } characters.
class-zone-ask = Which time zone? Type its name, such as <code>Europe/Kyiv</code> or <code>America/New_York</code>.
class-zone-unknown = I know no time zone “{ $given }”. Type its name as in <code>Europe/Kyiv</code>.
class-delete-ask = Delete “{ $name }” with its { $members ->
    [one] one member
   *[other] { $members } members
  } and everything pushed to it? Learners keep their own answers. It cannot be undone.
class-deleted = “{ $name }” is deleted.
class-gone = That class is not there any more, or no longer yours.
class-not-yours-to-make = You help to teach, but making classes is for instructors. Whoever runs this bot can invite you.
class-qr-name = join.png
class-qr =
    { $name }: /join { $code }
    { $link }
toast-not-your-class = That is not a class of yours.
toast-class-code = The old code opens nothing any more.

join-how = Type the code of your class behind the command: /join ABC2345
join-unknown = No class has that code. Check it with whoever gave it to you.
class-joined = 🏫 You are in <b>{ $name }</b>. Those who teach it see your answers to what they send there.
class-nickname = Classmates see you as “{ $nickname }”.
class-anonymous = You have no nickname: to classmates and teachers you are a number.
nickname-ask = What shall they call you in “{ $name }”? Up to { $most } characters, and better not your full name.
nickname-bad = A nickname has 1 to { $most } characters. Try another.
nickname-taken = Somebody in this class is called that already. Try another.
leave-none = You are in no class.
leave-which = Which one?
left = You have left “{ $name }”. Your answers stay yours; /forget deletes them.
toast-not-in-class = You are not in that class.

button-class = { $name }
button-classes = ◀ My classes
button-class-new = ＋ New class
button-class-qr = QR picture
button-class-invite = Invite somebody to help teach
button-class-rename = Rename
button-class-zone = Time zone
button-class-code = New code
button-class-delete = Delete
button-class-delete-yes = Yes, delete it
button-class-delete-no = No, keep it
button-leave = Leave { $name }
button-nickname = Choose a nickname
button-anonymous = Stay anonymous
