"""What may be typed about people, their posts and their roles."""

from stakeholders.forms.influence import ChangeInfluenceForm, DrawForm
from stakeholders.forms.merging import MergeForm, TwinForm
from stakeholders.forms.person import EditForm
from stakeholders.forms.posts import (
    AddForm,
    CorrectForm,
    GoForm,
    LeaveForm,
    MoveForm,
    PlaceForm,
    PostForm,
    SuccessorForm,
)
from stakeholders.forms.roles import AssignForm, ChangeRoleForm, EndRoleForm, FillForm
from stakeholders.forms.rows import CareDateForm, ContactForm, Rows

__all__ = [
    "AddForm",
    "AssignForm",
    "CareDateForm",
    "ChangeInfluenceForm",
    "ChangeRoleForm",
    "ContactForm",
    "CorrectForm",
    "DrawForm",
    "EditForm",
    "EndRoleForm",
    "FillForm",
    "GoForm",
    "LeaveForm",
    "MergeForm",
    "MoveForm",
    "PlaceForm",
    "PostForm",
    "Rows",
    "SuccessorForm",
    "TwinForm",
]
