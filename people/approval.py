"""Approval by the district: one workflow with one task, on the directory of providers.

It is always there; whether anybody has to use it is the district's rule (offers/permissions.py).
"""

from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from offers.models import ProviderIndexPage
from people.models import Team

NAME = "Freigabe durch den Kreis"


def ensure_approval(district: Team) -> Workflow:
    """The workflow, assigned to the directory, with the district's team as the one that approves. Safe to repeat."""
    task = GroupApprovalTask.objects.filter(name=NAME).first() or GroupApprovalTask.objects.create(name=NAME)
    task.groups.set([district.group])
    workflow = Workflow.objects.filter(name=NAME).first() or Workflow.objects.create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr)
    for page in ProviderIndexPage.objects.all():
        WorkflowPage.objects.update_or_create(page=page.page_ptr, defaults={"workflow": workflow})
    return workflow
