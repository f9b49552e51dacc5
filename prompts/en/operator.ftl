# How the bot is, for those who run it: /status, and alerts.

command-status = how the bot is

status-head = 🩺 <b>Who Says { $version }</b>, up for { $up }
status-well = ✅ All is well.
status-updates = Updates handled: <b>{ $hour }</b> in the last hour, <b>{ $day }</b> in 24 hours
status-waiting = Waiting now: <b>{ $updates }</b> { $updates ->
    [one] update
   *[other] updates
  } to handle, <b>{ $answers }</b> whose answers are to be sent
status-failed = Failed in 24 hours: <b>{ $count }</b>
status-model-works = Classifier: <b>{ $version }</b>, works
status-model-asleep = Classifier: <b>{ $version }</b>, not needed since the start
status-model-broken = Classifier: <b>{ $version }</b>, <b>does not work</b>
status-doubt = Not sure: <b>{ $share } %</b> of the last { $count } answers that it graded{ $before }
status-doubt-before = , { $share } % of { $count } before
status-doubt-none = Not sure: it has graded nothing yet
status-disk = Disk: <b>{ $free }</b> free; the database takes <b>{ $database }</b>
status-backup = Last backup: <b>{ $age }</b> ago
status-backup-none = Last backup: <b>none yet</b>
status-backup-off = Backups: none, as set

span-days = { $count } { $count ->
    [one] day
   *[other] days
  }
span-hours = { $count } h
span-minutes = { $count } min
span-seconds = { $count } s

alert = ⚠️ { $what }
alert-polling = <b>I get no updates.</b> The last good poll was { $silent } ago. Whoever writes to me waits; nothing is lost for a day. Look at the network and the log of the bot.
alert-conflict = <b>Another process takes my updates.</b> It uses the same token, or a webhook is set. Stop it, or set a new token.
alert-webhook = <b>Telegram cannot reach my webhook.</b> Look at the proxy, its certificate and the address in WHOSAYS_WEBHOOK_URL.
alert-token = <b>Telegram rejects my token when I ask for updates.</b> I ask again; if nothing but that comes for a minute, I end. If somebody has revoked the token, set the new one.
alert-stopped = <b>A part of me stopped by itself.</b> I have started it again. The log says which one, and why: look for “a part has failed”.
alert-store = <b>I cannot write to the database.</b> Updates stay with Telegram, or in my inbox, until I can. Look at the disk and at who owns the data folder.
alert-disk = <b>The disk is nearly full.</b> { $free } are free; backups and some days of work need { $needed }. Free some, or move the backups (WHOSAYS_BACKUP_TO).
alert-model = <b>The classifier does not work.</b> Questions with a key are graded without it; what has none is accepted. Look at WHOSAYS_MODEL and at the log, then start me again.
alert-doubt = <b>The classifier is unsure far more often.</b> { $recent } % of its last answers, { $before } % of those before. A new set of another kind or language may be why; /disputes has the answers.
alert-backup = <b>Backups have stopped.</b> The last one is { $age } old. Look at the log, and at the disk where they go.
alert-failed = <b>{ $count ->
    [one] One update
   *[other] { $count } updates
  } failed in the last hour.</b> Who wrote was told to try again. The log says why: look for “update failed”.

over = ✅ { $what }
over-polling = I get updates again.
over-conflict = Nobody else takes my updates any more.
over-webhook = Telegram reaches my webhook again.
over-token = Telegram takes my token again.
over-stopped = All parts of me have run on since.
over-store = I can write to the database again.
over-disk = There is room on the disk again.
over-model = The classifier works again.
over-doubt = The classifier is as sure as it was before.
over-backup = There is a new backup.
over-failed = No update has failed for an hour.
