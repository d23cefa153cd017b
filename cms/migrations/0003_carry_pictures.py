"""What was uploaded while Wagtail's own picture model was in use goes on under the same numbers, so that pages keep their pictures.

Files stay where they are; `manage.py clean_pictures` takes place and time out of them. Renditions are made anew when a page asks for them.
"""

from django.core.management.color import no_style
from django.db import migrations

FIELDS = (
    *("id", "title", "file", "description", "width", "height", "uploaded_by_user_id", "collection_id", "file_size", "file_hash"),
    *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
)


def carry(apps, schema_editor):
    Image, Picture = apps.get_model("wagtailimages", "Image"), apps.get_model("cms", "Picture")
    images = list(Image.objects.all())
    if not images:
        return
    Picture.objects.bulk_create(Picture(**{name: getattr(image, name) for name in FIELDS}) for image in images)
    for image in images:
        Picture.objects.filter(pk=image.pk).update(created_at=image.created_at)
    for statement in schema_editor.connection.ops.sequence_reset_sql(no_style(), [Picture]):
        schema_editor.execute(statement)
    point_to(apps, "wagtailimages", "image", "cms", "picture")
    for rendition in apps.get_model("wagtailimages", "Rendition").objects.all():
        rendition.file.delete(save=False)
        rendition.delete()


def give_back(apps, schema_editor):
    """The old rows are still there; what points at pictures points at them again."""
    point_to(apps, "cms", "picture", "wagtailimages", "image")


def point_to(apps, old_app, old_model, new_app, new_model):
    """Tags, the history and the list of where a picture is used name the model that they mean."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    old, _made = ContentType.objects.get_or_create(app_label=old_app, model=old_model)
    new, _made = ContentType.objects.get_or_create(app_label=new_app, model=new_model)
    apps.get_model("taggit", "TaggedItem").objects.filter(content_type=old).update(content_type=new)
    apps.get_model("wagtailcore", "ModelLogEntry").objects.filter(content_type=old).update(content_type=new)
    apps.get_model("wagtailcore", "ReferenceIndex").objects.filter(to_content_type=old).update(to_content_type=new)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_pictures"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(carry, give_back)]
