"""Which addresses Telegram turns into links, and how it completes them."""

from urllib.parse import urlsplit


def checked_link(url: str) -> str:
    """Complete a link as Telegram does; '' for what it would not make a link."""
    url = url.strip()
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https", "tg", "ton", "tonsite"} or " " in url:
        return ""
    if parts.scheme.startswith("http") and "." not in host and host != "localhost":
        return ""
    return parts._replace(path=parts.path or "/").geturl()
