"""Makes Python find names below .localhost on this machine (RFC 6761), as browsers do and the C library does not."""

import socket

_original = socket.getaddrinfo


def _getaddrinfo(host, *args, **kwargs):
    if isinstance(host, str) and host.endswith(".localhost"):
        host = "127.0.0.1"
    return _original(host, *args, **kwargs)


socket.getaddrinfo = _getaddrinfo
