"""Elasticsearch, for more listings or more visitors than one machine serves."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
