"""A file from Chinese Excel in a real browser: uploaded, matched, checked, brought in, read about and taken back."""

import threading

import pytest
from django.db import connection

from sync.models import ImportRun
from tests.e2e import inspection
from tests.sync.imports.desk import work

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

HEADERS = "姓名,客户名称,职务,手机,邮箱,生日,备用\n"
PEOPLE = [f"王伟{n},Acme,工程师,1380013{n:04d},w{n}@acme.example,1985/2/{n % 28 + 1},茶" for n in range(30)]
BAD = ["李娜,无名公司,经理,,,,", ",Acme,经理,,,,", "赵六,Acme,经理,,,1985/2/30,"]
FILE = {
    "name": "客户人员.csv",
    "mimeType": "text/csv",
    "buffer": (HEADERS + "\n".join([*PEOPLE, *BAD])).encode("gb18030"),
}
LANGUAGES = {
    "en": ("Start the dry run", "Bring in 30 rows", "Take it back"),
    "zh-hans": ("开始试运行", "导入 30 行", "撤销导入"),
}


def let_a_worker_come() -> None:
    """What a worker does, in a thread and with a connection of its own."""

    def come() -> None:
        try:
            work(ImportRun.objects.get())
        finally:
            connection.close()

    thread = threading.Thread(target=come)
    thread.start()
    thread.join()


def press(page, name) -> None:
    """Until the page that waits for a worker is there."""
    page.get_by_role("button", name=name).click()
    page.locator("progress").wait_for()


@pytest.mark.parametrize(("width", "language", "theme"), [(390, "en", "dark"), (1440, "zh-hans", "light")])
def test_from_the_file_to_the_report_and_back(open_page, acme, ann, width, language, theme):
    check, bring, back = LANGUAGES[language]
    page = open_page(ann, "/imports/new/?type=people", width=width, language=language, theme=theme)
    page.set_input_files("input[type=file]", FILE)
    page.locator("main form button.primary").click()
    page.locator(".match select").first.wait_for()

    chosen = page.locator(".match select").evaluate_all("(all) => all.map((each) => each.value)")
    assert chosen[:2] == ["name", "account"]
    assert page.locator(".match", has_text="备用").locator("select").input_value() == ""
    page.locator(".match", has_text="备用").locator("select").select_option("(note)")
    assert list(inspection.violations(page)) == []
    press(page, check)
    assert list(inspection.violations(page)) == []
    let_a_worker_come()
    page.get_by_role("button", name=bring).wait_for()
    inspection.becomes(page.locator(".told-rows tbody th").all_inner_texts, ["32", "33", "34"])
    assert acme.people.count() == 0

    press(page, bring)
    let_a_worker_come()
    page.get_by_role("button", name=back).wait_for()
    assert acme.people.count() == 30
    assert [*inspection.violations(page), *inspection.overflow(page)] == []

    press(page, back)
    let_a_worker_come()
    page.locator(".notice.good").wait_for()
    assert acme.people.present().count() == 0


def test_without_script_the_page_asks_again_by_itself(open_page, acme, ann):
    page = open_page(ann, "/imports/new/?type=people", java_script_enabled=False)
    page.set_input_files("input[type=file]", FILE)
    page.locator("main form button.primary").click()
    press(page, "Start the dry run")
    let_a_worker_come()

    page.get_by_role("button", name="Bring in 30 rows").wait_for()
