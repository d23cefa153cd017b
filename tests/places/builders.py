"""Folders of places, small enough to be read in a test."""

import json
from pathlib import Path

PLACES = """name,kind,parent,code,plz,lat,lon,population,aliases
Lahntal-Kreis,landkreis,,07141,,50.3,7.8,9000,
Aue,verbandsgemeinde,Lahntal-Kreis,071415001,,50.31,7.81,5000,
Aue,stadt,VG Aue,07141001,56377,50.32,7.80,4000,Au an der Lahn
Hof,ortsgemeinde,VG Aue,07141002,56377|56379,50.30,7.85,1000,
Neustadt,stadt,Lahntal-Kreis,07141003,56130,50.33,7.71,4000,
Mühle,ortsteil,Neustadt,,56130,50.34,7.72,,
"""
NEIGHBOURS = "name,lat,lon,population,aliases\nKoblenz,50.35,7.58,107000,\n"
POSTCODES = """plz,name,lat,lon
56377,Aue,50.31,7.81
56379,Hof,50.30,7.85
56130,Neustadt,50.33,7.71
56068,Koblenz,50.35,7.58
"""


def square(longitude, latitude):
    ring = [[longitude + x, latitude + y] for x, y in ((-0.01, -0.01), (0.01, -0.01), (0.01, 0.01), (-0.01, 0.01), (-0.01, -0.01))]
    return {"type": "Polygon", "coordinates": [ring]}


def write_folder(path: Path) -> Path:
    (path / "places.csv").write_text(PLACES, encoding="utf-8")
    (path / "neighbours.csv").write_text(NEIGHBOURS, encoding="utf-8")
    (path / "de-plz.csv").write_text(POSTCODES, encoding="utf-8")
    feature = {"type": "Feature", "properties": {"code": "07141001"}, "geometry": square(7.80, 50.32)}
    (path / "boundaries.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
