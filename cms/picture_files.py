"""What a picture file has to be, and what is left of it: pixels, and nothing of where, when and by whom they were taken. No database.

Every stored picture is written anew from its pixels: upright, in sRGB, at most `EDGE` pixels long, without EXIF (place, time, device,
thumbnail), XMP, IPTC, comments and whatever hangs behind its end. Checks that need no pixels come first, so that a bomb is never unpacked.
"""

import re
import warnings
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

# The longest side of what is kept, in pixels: twice what the widest page shows.
EDGE = 2560
# Formats that are taken, as Pillow names them, with the suffixes that they may have; the first is the usual one.
SUFFIXES = {"JPEG": ("jpg", "jpeg"), "PNG": ("png",), "WEBP": ("webp",), "AVIF": ("avif",)}
SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 88, "method": 4},
    "AVIF": {"quality": 80, "speed": 8},
}
# A file may be a picture to one program and something else to the next. No camera writes any of these.
FOREIGN = re.compile(rb"<script|<\?php|<!doctype\s+html|<html[\s>]|<iframe|<svg[\s>]|%PDF-", re.IGNORECASE)
# Marks of what `cleaned` leaves out. By chance they may also stand among pixels: then a picture is written anew once more.
TRACES = (
    *(b"Exif", b"eXIf", b"EXIF", b"XMP ", b"ns.adobe.com", b"Photoshop", b"MPF\0"),
    *(b"ICC_PROFILE", b"iCCP", b"ICCP", b"tEXt", b"iTXt", b"zTXt"),
)
HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}

MESSAGES = {
    "too_large": _(
        "Die Datei ist zu groß: %(size)s, erlaubt sind %(limit)s. Verkleinern Sie das Bild, oder schicken Sie es sich vom Telefon in "
        "mittlerer Größe, und laden Sie es dann hoch."
    ),
    "too_many_pixels": _(
        "Das Bild hat zu viele Bildpunkte: %(pixels)s Millionen, erlaubt sind %(limit)s Millionen. Speichern Sie es kleiner; eine Breite "
        "von 2560 Bildpunkten genügt."
    ),
    "heic": _(
        "Das ist ein HEIC-Foto, wie es manche Telefone speichern; viele Geräte können es nicht zeigen. Laden Sie es direkt vom Telefon "
        "hoch, dann wandelt das Telefon es um. Oder speichern Sie es am Computer als JPEG."
    ),
    "svg": _("Das ist eine SVG-Zeichnung. Sie kann Programme enthalten, deshalb nehmen wir sie nicht an. Speichern Sie sie als PNG."),
    "gif": _("GIF-Bilder nehmen wir nicht an. Speichern Sie das Bild als JPEG oder PNG."),
    "no_picture": _("Das ist kein Bild, das wir lesen können. Wählen Sie ein Foto als JPEG oder PNG."),
    "wrong_suffix": _(
        "Die Datei heißt „%(name)s“, enthält aber ein Bild im Format %(format)s. Geben Sie ihr die Endung .%(suffix)s, oder speichern Sie "
        "das Bild neu als JPEG."
    ),
    "foreign": _(
        "In dieser Datei steckt außer dem Bild noch etwas anderes, zum Beispiel ein Programm oder ein Archiv. Öffnen Sie das Bild, "
        "speichern Sie es neu als JPEG, und laden Sie die neue Datei hoch."
    ),
    "broken": _("Das Bild ist beschädigt oder unvollständig. Speichern oder senden Sie es noch einmal, und laden Sie es dann hoch."),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken at most: bytes of the file, and pixels of the picture as the camera made it."""

    bytes: int
    pixels: int


def refusal(code: str, **values: object) -> ValidationError:
    """The answer for an editor: what is wrong, and what to do."""
    return ValidationError(MESSAGES[code], code=code, params=values)


def check_size(size: int, limits: Limits) -> None:
    """Before anything of the file is read."""
    if size > limits.bytes:
        raise refusal("too_large", size=filesizeformat(size), limit=filesizeformat(limits.bytes))


def format_of(content: bytes) -> str:
    """The format by its first bytes, whatever the file is called: a key of SUFFIXES. Raises ValidationError for all others."""
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp":
        box = content[8 : min(int.from_bytes(content[:4], "big"), 256)]
        brands = {box[start : start + 4] for start in range(0, len(box), 4)}
        if b"avif" in brands:
            return "AVIF"
        if brands & HEIF_BRANDS:
            raise refusal("heic")
    if content.startswith((b"GIF87a", b"GIF89a")):
        raise refusal("gif")
    if re.search(rb"<svg[\s>]", content[:4096], re.IGNORECASE):
        raise refusal("svg")
    raise refusal("no_picture")


def check_header(content: bytes, name: str, limits: Limits) -> str:
    """The format, after all that can be checked without unpacking a pixel."""
    check_size(len(content), limits)
    kind = format_of(content)
    if PurePath(name).suffix.lower().removeprefix(".") not in SUFFIXES[kind]:
        raise refusal("wrong_suffix", name=PurePath(name).name, format=kind, suffix=SUFFIXES[kind][0])
    if FOREIGN.search(content) or zipfile.is_zipfile(BytesIO(content)):
        raise refusal("foreign")
    width, height = opened(content, kind, limits).size
    if width * height > limits.pixels:
        raise too_many(width * height, limits)
    return kind


def too_many(pixels: int, limits: Limits) -> ValidationError:
    return refusal("too_many_pixels", pixels=-(-pixels // 1_000_000), limit=limits.pixels // 1_000_000)


def opened(content: bytes, kind: str, limits: Limits) -> Image.Image:
    """The picture with its header read, and nothing more. Only the reader of this one format gets to see it."""
    try:
        with warnings.catch_warnings():
            # Our own limit decides, with an answer that says what to do.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(BytesIO(content), formats=[kind])
    except Image.DecompressionBombError as error:
        found = re.search(r"\((\d+) pixels\)", str(error))
        raise too_many(int(found[1]) if found else 2 * limits.pixels, limits) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise refusal("broken") from error


def is_clean(content: bytes, kind: str, limits: Limits) -> bool:
    """Whether the file is as `cleaned` leaves it, so that nobody writes it twice and loses a little each time."""
    if kind == "JPEG":
        # A second picture, for example a thumbnail or a depth map, begins as the first did; pixels never hold these bytes.
        ends_well = content.endswith(b"\xff\xd9") and content.count(b"\xff\xd8\xff") == 1 and b"\xff\xfe" not in content
    else:
        ends_well = kind != "PNG" or content.endswith(b"IEND\xaeB`\x82")
    return ends_well and not any(mark in content for mark in TRACES) and max(opened(content, kind, limits).size) <= EDGE


def cleaned(content: bytes, name: str, limits: Limits) -> bytes:
    """The picture written anew from its pixels, in its own format. Raises ValidationError with an answer for the editor.

    A file that is clean already comes back as it is.
    """
    kind = check_header(content, name, limits)
    image = opened(content, kind, limits)
    try:
        if is_clean(content, kind, limits):
            image.load()
            return content
        return written(upright(image), kind)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise refusal("broken") from error


def upright(image: Image.Image) -> Image.Image:
    """The first frame as people see it: turned as the camera was held, no longer than EDGE, in sRGB, with transparency if it has any."""
    # Read before shrinking, which forgets it in some formats.
    profile = image.info.get("icc_profile")
    if image.mode not in ("RGB", "RGBA", "L", "CMYK"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
    image = ImageOps.exif_transpose(image)
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    image = in_srgb(image, profile)
    if alpha:
        image.putalpha(alpha)
    return image


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as every screen shows them without a profile: a profile is left out because it may name the device."""
    if profile:
        colours = image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            converted = None
        if converted:
            return converted
    return image.convert("RGB")


def written(image: Image.Image, kind: str) -> bytes:
    """A file of pixels alone: a fresh image knows nothing of the one that was read."""
    fresh = Image.new(image.mode, image.size)
    fresh.paste(image)
    target = BytesIO()
    fresh.save(target, kind, **SAVING[kind])
    return target.getvalue()
