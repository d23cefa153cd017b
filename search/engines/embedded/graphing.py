"""Graphs that lead to the nearest of many vectors (HNSW, usearch's format), made in a process of their own: on another core, while the
listings that come next are analysed. Run as a script, so that nothing but numpy and usearch is loaded: graphing.py VECTORS GRAPH
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
from usearch.index import Index, MetricKind

# Neighbours of a row, and how many are looked at for them while a graph is made. Measured with 200,000 listings.
CONNECTIVITY, LOOKED_AT_BUILDING = 16, 64


def begin(vectors: Path, graph: Path) -> "subprocess.Popen[str]":
    """Start making the graph of a file of vectors."""
    return subprocess.Popen([sys.executable, "-P", __file__, str(vectors), str(graph)], stderr=subprocess.PIPE, text=True)


def end(process: "subprocess.Popen[str]") -> None:
    """Wait until the graph is there. Raises OSError where it could not be made."""
    _nothing, complaint = process.communicate()
    if process.returncode:
        raise OSError(f"the graph of the vectors could not be made: {complaint.strip()[-300:] or process.returncode}")


def opened(file: Path) -> Index:
    """A graph on disk, mapped into memory. Raises ValueError for what is none."""
    graph = Index.restore(str(file), view=True)
    if graph is None:
        raise ValueError(f"{file.name} is no graph")
    return graph


def _make(vectors: Path, graph: Path) -> None:
    rows = np.load(vectors, mmap_mode="r")
    index = Index(ndim=rows.shape[1], metric=MetricKind.Cos, dtype="i8", connectivity=CONNECTIVITY, expansion_add=LOOKED_AT_BUILDING)
    index.add(np.arange(len(rows)), np.asarray(rows), threads=1)
    index.save(str(graph))


if __name__ == "__main__":
    _make(Path(sys.argv[1]), Path(sys.argv[2]))
