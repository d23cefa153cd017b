"""Files as they come: photos of a phone with all that it writes into them, and what pretends to be a photo."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image, ImageCms, PngImagePlugin

PLACE = b"50.3145"  # in every sample's metadata, so that a test can look for it in what is stored
DEVICE = "Telefon der Leiterin"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>' + PLACE + b"</rdf></x:xmpmeta>"


def picture(width=600, height=400):
    """Red on the left, blue on the right: a turn can be seen."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image


def exif(orientation=1):
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = DEVICE
    tags[0x010E] = PLACE.decode()
    tags.get_ifd(0x8825).update({1: "N", 2: (50.0, 18.0, 52.2), 3: "E", 4: (7.0, 47.0, 55.0)})
    return tags


def saved(image, kind="JPEG", **options):
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def photo(kind="JPEG", orientation=1, size=(600, 400)):
    """A photo as a phone saves it: place, device, colour profile, XMP; a JPEG with a comment, IPTC and a second picture behind its end."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"exif": exif(orientation), "icc_profile": profile}
    if kind == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=False)
        options["pnginfo"].add_text("Comment", PLACE.decode())
    else:
        options["xmp"] = XMP
    content = saved(picture(*size), kind, **options)
    if kind == "JPEG":
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", 5 + len(PLACE)) + b"\x1c\x02\x5a\0" + bytes([len(PLACE)]) + PLACE
        segments = segment(0xED, iptc) + segment(0xFE, b"comment " + PLACE)
        content = content[:2] + segments + content[2:] + saved(picture(60, 40), exif=exif())
    return content


def segment(marker, content):
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def pixel_bomb(width=50_000, height=50_000):
    """A PNG of a few kilobytes that says it holds 2,500 million pixels; its first rows are there."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(width * 3 + 1) * 20, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def archive():
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("index.html", "hello")
    return target.getvalue()


SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(document.domain)</script></svg>'
GIF_AND_SCRIPT = b"GIF89a/*\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00*/=1;alert(document.domain);//"
# The box that names the kind of file, as an iPhone writes it, and a few bytes of what follows.
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\x01\0meta" + bytes(400)


def refused():
    """What is refused: name of the case, file name, content, and what the answer must say: what is wrong, and what to do."""
    jpeg = saved(picture())
    commented = jpeg[:2] + segment(0xFE, b"<script>alert(1)</script>") + jpeg[2:]
    return [
        ("pixel bomb", "bild.png", pixel_bomb(), ("zu viele Bildpunkte", "2500 Millionen", "Speichern Sie es kleiner")),
        ("bomb just over the limit", "bild.png", pixel_bomb(7_800, 7_800), ("61 Millionen, erlaubt sind 60", "Speichern Sie es kleiner")),
        ("SVG with a script", "logo.svg", SVG, ("SVG", "Programme", "als PNG")),
        ("SVG that says it is a JPEG", "logo.jpg", SVG, ("SVG", "als PNG")),
        ("GIF that is a script", "bild.gif", GIF_AND_SCRIPT, ("GIF", "JPEG oder PNG")),
        ("GIF that is a script and says it is a JPEG", "bild.jpg", GIF_AND_SCRIPT, ("GIF", "JPEG oder PNG")),
        ("JPEG with an archive behind it", "bild.jpg", jpeg + archive(), ("noch etwas anderes", "neu als JPEG")),
        ("JPEG with a page behind it", "bild.jpg", jpeg + b"<HTML ><body>hello</body>", ("noch etwas anderes", "neu als JPEG")),
        ("JPEG with a script in a comment", "bild.jpg", commented, ("noch etwas anderes", "neu als JPEG")),
        ("PNG called JPEG", "bild.jpg", saved(picture(), "PNG"), ("„bild.jpg“", "PNG", "Endung .png")),
        ("JPEG without a suffix", "bild", jpeg, ("„bild“", "JPEG", "Endung .jpg")),
        ("JPEG called a program", "bild.exe", jpeg, ("„bild.exe“", "Endung .jpg")),
        ("program called JPEG", "bild.jpg", b"MZ\x90\0" + bytes(500), ("kein Bild", "JPEG oder PNG")),
        ("HEIC of a phone", "IMG_0815.HEIC", HEIC, ("HEIC", "vom Telefon", "als JPEG")),
        ("HEIC that says it is a JPEG", "IMG_0815.jpg", HEIC, ("HEIC", "vom Telefon", "als JPEG")),
        ("JPEG that ends in the middle", "bild.jpg", jpeg[: len(jpeg) // 2], ("unvollständig", "noch einmal")),
        ("JPEG of which only the beginning came", "bild.jpg", jpeg[:12], ("unvollständig", "noch einmal")),
        ("PNG with a broken middle", "bild.png", broken_png(), ("beschädigt", "noch einmal")),
        ("empty file", "bild.jpg", b"", ("leer",)),
    ]


def broken_png():
    content = bytearray(saved(picture(), "PNG"))
    content[len(content) // 2] ^= 0xFF
    return bytes(content)
