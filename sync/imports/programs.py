"""Which program wrote a file, told by headers that it alone writes; each has a name under which its keys are kept."""

from collections.abc import Sequence

from records.elsewhere import OURS
from records.record_types import OWN_KEY
from sync.files.headers import folded

# Any two of these, since one alone may stand in a file made by hand.
SETS = {
    "hubspot": (
        "Record ID",
        "Lifecycle Stage",
        "Contact owner",
        "Company owner",
        "Create Date",
        "Lead Status",
        "Associated Company",
        "Associated Contact",
        "Associated Company IDs",
        "Last Activity Date",
    ),
    "salesforce": (
        "Account ID",
        "Contact ID",
        "Lead Source",
        "Mailing Street",
        "Mailing City",
        "Billing Street",
        "Billing State/Province",
        "Account Owner",
        "Contact Owner Alias",
        "Last Modified Date",
        "Salutation",
        "Company / Account",
        "Full Comments",
    ),
    "google": (
        "E-mail 1 - Value",
        "E-mail 1 - Label",
        "E-mail 1 - Type",
        "Phone 1 - Value",
        "Phone 1 - Label",
        "Phone 1 - Type",
        "Organization 1 - Name",
        "Organization Name",
        "Group Membership",
        "Given Name Yomi",
        "Phonetic First Name",
        "Labels",
        "File As",
    ),
    "outlook": (
        "E-mail Address",
        "E-mail Display Name",
        "Business Phone",
        "Business Street",
        "Company Main Phone",
        "Manager's Name",
        "Assistant's Phone",
        "Office Location",
        "Given Yomi",
    ),
}
ENOUGH = 2


def source_of(headers: Sequence[str], format: str = "") -> str:
    """The program, or nothing."""
    if format == "vcard":
        return "vcard"
    given = set(map(folded, headers))
    if given & set(map(folded, OWN_KEY)):
        return OURS
    found = {name: len(given & set(map(folded, known))) for name, known in SETS.items()}
    best = max(found, key=lambda name: found[name])
    return best if found[best] >= ENOUGH else ""
