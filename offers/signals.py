"""What follows from a change: the calendar reads the holidays again."""

from django.db.models.signals import post_delete, post_save

from offers import calendar
from offers.models import SchoolHoliday

post_save.connect(calendar.forget, sender=SchoolHoliday, dispatch_uid="offers.calendar.forget.save")
post_delete.connect(calendar.forget, sender=SchoolHoliday, dispatch_uid="offers.calendar.forget.delete")
