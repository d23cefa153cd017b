from django.db import migrations
from django.utils import timezone


def confirm_as_published(apps, schema_editor):
    """Offers from before the confirmation was kept count as confirmed on the day on which they were published last."""
    Offer = apps.get_model("offers", "OfferPage")
    offers = Offer.objects.filter(confirmed_at=None, live=True).order_by("pk").iterator(500)
    for offer in offers:
        published = offer.last_published_at or offer.first_published_at
        day = timezone.localdate(published) if published else timezone.localdate()
        Offer.objects.filter(pk=offer.pk).update(confirmed_at=day)


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0005_freshness"),
    ]

    operations = [
        migrations.RunPython(confirm_as_published, migrations.RunPython.noop),
    ]
