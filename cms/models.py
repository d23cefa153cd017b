"""What every app shares: accounts that sign in with an e-mail address, the base of all pages, and pictures."""

from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to
from wagtail.models import Page

from cms.mail.models import OutgoingMail  # noqa: F401  a model of this app
from cms.pictures import PictureField


class UserManager(BaseUserManager["User"]):
    """Creates accounts by e-mail address; there are no user names."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractUser):
    """Somebody who edits. Families have no accounts."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("E-Mail-Adresse"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()  # type: ignore[misc, assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        super().clean()
        # Kita@Example.org and kita@example.org are one person.
        self.email = self.email.lower()


class BasePage(Page):
    """What every page has: a way back up for the breadcrumbs, and a sentence for search engines."""

    class Meta:
        abstract = True

    def breadcrumbs(self) -> list[Page]:
        """The pages above this one, from the top, without the tree's invisible root. One query."""
        return list(self.get_ancestors().filter(depth__gt=1).order_by("depth"))

    @property
    def meta_description(self) -> str:
        """The sentence under the title in a search engine's results; pages say their own."""
        return self.search_description


class KeyedPage(models.Model):
    """A page that imports, exports and the search know by a key that outlives moves and new titles."""

    key = models.SlugField(_("Kennung"), max_length=120, unique=True, editable=False)

    # A copied page is a new listing and takes a key of its own.
    exclude_fields_in_copy: ClassVar[list[str]] = ["key"]

    class Meta:
        abstract = True

    def ensure_key(self, wish: str) -> None:
        """Give the page its key once: the wish, or the wish with a number where another page has it."""
        if self.key:
            return
        taken = set(type(self)._default_manager.filter(key__startswith=wish[:110]).values_list("key", flat=True))
        names = (wish[:110] if number == 1 else f"{wish[:110]}-{number}" for number in range(1, len(taken) + 2))
        self.key = next(name for name in names if name not in taken)


class Picture(AbstractImage):
    """A picture that somebody uploads. Its file holds pixels alone; `description` says what can be seen, for those who cannot see it."""

    file = PictureField(verbose_name=_("Bilddatei"), upload_to=get_upload_to, width_field="width", height_field="height")
    consent = models.BooleanField(_("Wir dürfen dieses Bild zeigen"), default=False)

    admin_form_fields = (*Image.admin_form_fields, "consent")

    class Meta(AbstractImage.Meta):
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")
        # Wagtail asks for the permissions of its own model, also where another one is in use.
        default_permissions = ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Before width and height are read off: the file may come out smaller, or turned.
        if self.file and not self.file._committed:
            self.file.save(self.file.name, self.file.file, save=False)
        super().save(*args, **kwargs)


class PictureRendition(AbstractRendition):
    """A picture in the size and format of one place on a page."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter")
        ]

    def get_upload_to(self, filename: str) -> str:
        """A name that nobody can guess from that of the picture: whoever knows an address may open it, also before the page is online.

        Made again from the same file, it has the same address: pages that a cache still holds go on showing it.
        """
        path = PurePosixPath(super().get_upload_to(filename))
        what = (self.image_id, self.image.file.name, self.image.file_hash, self.filter_spec, self.focal_point_key)
        secret = salted_hmac("cms.PictureRendition", "\0".join(map(str, what)), algorithm="sha256").hexdigest()[:24]
        return str(path.with_name(f"{secret}.{path.name}"))
