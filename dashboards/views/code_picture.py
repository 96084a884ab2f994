"""A code as a picture on a screen, with its text for who hears the page.

Streamlit's own picture has no text that stands for it.
"""

from base64 import b64encode
from html import escape

import streamlit as st


def code_picture(svg: str, text: str, *, width: int) -> None:
    """Draw a code so many pixels wide.

    Args:
        svg: The picture.
        text: What stands for it, such as what the code says.
        width: Pixels; less where the page is narrower.
    """
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    style = f"width: {width}px; max-width: 100%; background: #fff; padding: 8px 0"
    st.html(f'<img src="{source}" alt="{escape(text)}" style="{style}">')
