"""The command that shows the score log in a browser."""

from __future__ import annotations

import sys
import webbrowser

import click

from bot.cli.common import fails_clearly, settings


@click.command()
@click.option("--build-only", is_flag=True, help="Bring the snapshot up to date, and end.")
@click.option("--with-text", is_flag=True, help="With what learners typed.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8001,
    show_default=True,
    help="Port to listen on; 0 for any that is free.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Others need a password.")
@click.option("--password", "asked", is_flag=True, help="Ask for a password to see it with.")
@click.option("--open", "opened", is_flag=True, help="Open it in the browser.")
@fails_clearly
def review(
    build_only: bool, with_text: bool, port: int, host: str, asked: bool, opened: bool
) -> None:
    """Show the score log in a browser: a snapshot in which learners are numbers.

    The password is that of WHOSAYS_REVIEW_PASSWORD, unless one is asked for.
    """
    from bot.app.resources import now
    from bot.operate.review import progress, serve, snapshot

    chosen = settings()
    path = chosen.data / snapshot.NAME

    def refresh(told: snapshot.Told = lambda done, total: None) -> snapshot.Built:
        return snapshot.build(chosen.database, path, now(), told, with_text=with_text)

    password = ""
    if not build_only:
        password = chosen.review_password
        if asked:
            password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        serve.check(host, password)
    with progress.bar(sys.stderr) as told:
        built = refresh(told)
    click.echo(progress.line(built, path), err=True)
    if build_only:
        return
    app = serve.application(path, password, with_text=with_text, answers=built.answers)
    with serve.listen(host, port) as listening:
        address = serve.address(listening)
        click.echo(f"Score log at {address} (Ctrl-C ends)", err=True)
        if opened:
            webbrowser.open(address)
        serve.serve(app, listening, refresh, lambda why: click.echo(f"whosays: {why}", err=True))
