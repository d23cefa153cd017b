"""Wagtail's own groups go: rights follow from roles. With them goes the workflow that only they could work on."""

from django.db import migrations

GROUPS = {"Moderators": ("add_page", "change_page", "lock_page", "publish_page", "unlock_page"), "Editors": ("add_page", "change_page")}
FILES = ("add_image", "change_image", "add_document", "change_document")
WORKFLOW = "Moderators approval"


def remove(apps, schema_editor):
    """Only where nobody is in them, and where no page went through the workflow."""
    Group, Workflow = apps.get_model("auth", "Group"), apps.get_model("wagtailcore", "Workflow")
    Task = apps.get_model("wagtailcore", "GroupApprovalTask")
    unused = Group.objects.filter(name__in=GROUPS, user__isnull=True)
    if len(unused) == len(GROUPS):
        if not apps.get_model("wagtailcore", "WorkflowState").objects.filter(workflow__name=WORKFLOW).exists():
            Workflow.objects.filter(name=WORKFLOW).delete()
            Task.objects.filter(name=WORKFLOW).delete()
    unused.delete()


def bring_back(apps, schema_editor):
    """The groups with the rights that Wagtail's migrations give them, on all pages and files."""
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    PagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    FilePermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    pages, folders = apps.get_model("wagtailcore", "Page").objects, apps.get_model("wagtailcore", "Collection").objects
    for name, codes in GROUPS.items():
        group, created = Group.objects.get_or_create(name=name)
        if not created:
            continue
        group.permissions.add(*Permission.objects.filter(codename="access_admin"))
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codes):
            PagePermission.objects.create(group=group, page=pages.get(depth=1), permission=permission)
        for permission in Permission.objects.filter(content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=FILES):
            FilePermission.objects.create(group=group, collection=folders.get(depth=1), permission=permission)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_read_offers"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(remove, bring_back)]
