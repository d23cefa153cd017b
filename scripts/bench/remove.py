"""Takes away what a run left on Elasticsearch: python -m scripts.bench.remove. Only indices under the prefix of SEARCH_URL."""

import django


def main() -> None:
    django.setup()
    from django.conf import settings

    from search.engines import engine_at
    from search.engines.elasticsearch import ElasticsearchEngine

    engine = engine_at(settings.SEARCH_URL)
    assert isinstance(engine, ElasticsearchEngine)
    indices = engine.server.client().indices
    for name in indices.get(index=f"{engine.storage.prefix}*", features=["aliases"]).body:
        indices.delete(index=name)


if __name__ == "__main__":
    main()
