# No network beyond loopback: a case reaches the scripted server and nothing else, whatever the subject means to report home.
import ipaddress
import socket


def _allowed(family, address):
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0]
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def install():
    """Call before the subject is imported."""
    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))


def _guarded(dial):
    def guarded(self, address):
        if not _allowed(self.family, address):
            raise OSError(f"rtspec lets no client dial {address[0]}: only loopback can be reached in a case")
        return dial(self, address)

    return guarded
