"""What a page and Streamlit say to one another: only what our screens need passes, and no more.

Streamlit notes a frame it can't read with a stack trace, takes requests to write files beside the
app, and tells everybody its version, Python's and the path of our script.
"""

import hashlib
import hmac

from google.protobuf.message import DecodeError
from starlette.types import Message, Receive, Send
from streamlit import __version__
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

NOT_THE_PROTOCOL = 1002
# Where to send a file is asked here; who may send one, `upload_door` decides.
NEEDED = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"})
# Asked of the server behind a screen: a download's bytes, and more rows of a table.
NEEDED_BACKEND = frozenset({"deferred_file", "dataframe_chunk"})


class Unreadable(ValueError):
    """A frame is none of Streamlit's."""


def is_needed(frame: bytes | None) -> bool:
    """Tell whether a screen needs what its page says here.

    Raises:
        Unreadable: It says nothing that can be read.
    """
    said = BackMsg()
    try:
        said.ParseFromString(frame or b"")
    except DecodeError as garbage:
        raise Unreadable from garbage
    kind = said.WhichOneof("type")
    if kind is None:
        raise Unreadable
    if kind == "backend_operation_request":
        return said.backend_operation_request.WhichOneof("payload") in NEEDED_BACKEND
    return kind in NEEDED


def without_particulars(frame: bytes, key: bytes) -> bytes:
    """Take versions, paths and what names this machine out of what a page is told first.

    Args:
        frame: Any frame to a page.
        key: Makes of the version a word that says only whether it is still the same.
    """
    if __version__.encode() not in frame:
        return frame
    said = ForwardMsg.FromString(frame)
    if said.WhichOneof("type") != "new_session":
        return frame
    said.new_session.main_script_path = ""
    begun = said.new_session.initialize
    about = begun.environment_info
    word = hmac.new(key, about.streamlit_version.encode(), hashlib.sha256).hexdigest()
    about.streamlit_version = word[:12]
    about.python_version = about.server_os = ""
    for name in ("installation_id", "installation_id_v3", "installation_id_v4"):
        setattr(begun.user_info, name, "")
    return said.SerializeToString()


class Frames:
    """A socket between a page and Streamlit, of which only what is needed passes."""

    def __init__(self, receive: Receive, send: Send, key: bytes) -> None:
        """Wrap what the server gave."""
        self._receive = receive
        self._send = send
        self._key = key
        self._is_closed = False

    async def receive(self) -> Message:
        """Return what the page says next that is needed; garbage ends the socket, unnoted."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            try:
                if is_needed(message.get("bytes")):
                    return message
            except Unreadable:
                self._is_closed = True
                await self._send({"type": "websocket.close", "code": NOT_THE_PROTOCOL})
                return {"type": "websocket.disconnect", "code": NOT_THE_PROTOCOL}

    async def send(self, message: Message) -> None:
        """Pass on what Streamlit says, while the socket is open."""
        if self._is_closed:
            return
        if message["type"] == "websocket.send" and message.get("bytes"):
            told = without_particulars(message["bytes"], self._key)
            message = {**message, "bytes": told}
        await self._send(message)
