### What the terminal itself says, around the conversation with the bot.

terminal-welcome = This is the whole bot, on this machine alone: nothing you type leaves it.
terminal-help =
    Type a button's <b>number</b> or its words to press it, <b>&gt; words of the passage</b> to quote them, <b>&lt; a path</b> to send a file, or anything else to say it.
    <b>Enter</b> presses the button that goes on. <b>Ctrl-D</b> ends.
terminal-prompt = &gt;
terminal-echo = &gt; { $line }
terminal-pressed = &gt; [{ $label }]
terminal-changed = changed
terminal-saved = Saved to { $path }
terminal-toast = ({ $text })
terminal-no-button = There is no button { $number } here; the last one is { $most }.
terminal-no-continue = No button here only goes on. Type a number, or an answer.
terminal-no-file = { $path } cannot be read: { $why }.
terminal-link = That button opens { $url }
terminal-slow = The bot is taking long to answer. What it says will be shown after your next line.
terminal-bye = Goodbye.
