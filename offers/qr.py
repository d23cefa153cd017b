"""The address of a page as a QR code, for print."""

import io

import segno


def qr_svg(address: str) -> bytes:
    """An SVG that scales with its frame and takes the text's colour as black. Error correction M: a crease may cross it."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        buffer, kind="svg", border=2, omitsize=True, xmldecl=False, svgclass=None, lineclass=None
    )
    return buffer.getvalue()
