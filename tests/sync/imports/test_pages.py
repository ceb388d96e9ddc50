"""The pages of an import: what is asked at each, what is refused in words, and what is shown when."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from records.models import JobRun
from stakeholders.models import Stakeholder
from sync.imports import report
from sync.models import ImportMapping, ImportRun
from tests.sync.imports.desk import apply, bring_file, check, undo, work

pytestmark = pytest.mark.django_db

FILE = """姓名,客户名称,职务,手机,邮箱,生日,备用
王伟,Acme,工程师,13800138000,w@acme.example,1985/2/3,茶
李娜,Nowhere,,,,,
"""


@pytest.fixture
def browser(ann, acme):
    client = Client()
    client.force_login(ann)
    return client


@pytest.fixture
def run(ann, acme):
    return bring_file(FILE.encode("gb18030"), "people", by=ann)


def page(run, name="import", **more):
    return reverse(f"sync:{name}", kwargs={"pk": run.pk, **more})


def chosen(run, **others):
    """What the page of columns sends when nothing is changed on it."""
    return {f"column_{place}": target for place, target in enumerate(run.targets)} | {"source": ""} | others


def send(browser, file, **data):
    return browser.post(reverse("sync:upload"), {"record_type": "people", "file": file} | data)


def test_a_file_is_uploaded_and_its_columns_are_shown(browser):
    answer = send(browser, SimpleUploadedFile("名单.csv", FILE.encode("gb18030")))

    run = ImportRun.objects.get()
    assert answer.url == page(run, "columns")
    text = browser.get(answer.url).content.decode()
    assert "名单.csv" in text
    assert "GB18030" in text
    assert "王伟" in text


def test_the_other_system_may_be_called_as_one_speaks_of_it(browser, ann, acme):
    run = bring_file("Name,Account,External id\nLi Na,Acme,7\n", "people", by=ann)

    browser.post(page(run, "columns"), chosen(run, source="Old CRM (2019)"))

    run.refresh_from_db()
    assert run.source == "old-crm-2019"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "There is nothing in this file"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
        ("a.pdf", b"%PDF-1.7 ...", "not a table"),
        ("a.html", b"<html><table></table></html>", "a web page in spite of its name"),
    ],
)
def test_what_is_no_table_is_refused_in_words_and_not_kept(browser, settings, tmp_path, name, content, sentence):
    settings.MEDIA_ROOT = tmp_path
    answer = send(browser, SimpleUploadedFile(name, content))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ImportRun.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_that_is_too_large_is_thrown_away_while_it_comes(browser, settings):
    settings.LARGEST_UPLOAD = 1000

    answer = send(browser, SimpleUploadedFile("a.csv", b"x" * 2000))

    assert answer.status_code == 422
    assert "larger than" in answer.content.decode()


def test_a_visitor_without_session_hands_over_no_file(db):
    request = Client().post(reverse("sync:upload"), {"file": SimpleUploadedFile("a.csv", b"x" * 10)}).wsgi_request

    assert not request.FILES


def test_a_kind_must_be_chosen(browser):
    answer = browser.post(reverse("sync:upload"), {"file": SimpleUploadedFile("a.csv", b"a,b\n")})

    assert answer.status_code == 422
    assert "Choose what it lists." in answer.content.decode()


def test_the_dry_run_waits_for_a_worker_and_the_mapping_is_remembered(browser, run, ann):
    answer = browser.post(page(run, "columns"), chosen(run, column_6="(note)"))

    assert answer.url == page(run)
    run.refresh_from_db()
    assert run.state == "checking"
    assert JobRun.objects.get(slot=run.slot).state == "waiting"
    again = bring_file("备用,手机,邮箱,姓名,客户名称,职务,生日\n茶,1,2,3,4,5,6\n", "people", by=ann)
    assert again.targets == ["(note)", *[run.targets[place] for place in (3, 4, 0, 1, 2, 5)]]
    assert ImportMapping.objects.get().author == ann


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"column_1": "name"}, "“Name” is chosen for more than one column."),
        ({"column_6": "external_id"}, "Say which system the keys come from."),
        ({"column_6": "no_such_column"}, "Select a valid choice"),
    ],
)
def test_columns_that_make_no_sense_are_refused_in_words(browser, run, change, sentence):
    answer = browser.post(page(run, "columns"), chosen(run, **change))

    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&quot;", '"')
    run.refresh_from_db()
    assert run.state == "uploaded"


def test_a_column_no_row_goes_without_is_asked_for(browser, ann):
    run = bring_file("Colour\nred\n", "accounts", by=ann)

    answer = browser.post(page(run, "columns"), chosen(run, option_owner_unknown="me"))

    assert "No column is matched with Account, and no row goes without." in answer.content.decode()


def test_a_misread_file_is_read_anew(browser, ann, acme):
    run = bring_file("Report of June\nName;Account\nWang;Acme\n", "people", by=ann)

    browser.post(page(run, "reread"), {"header_row": "2", "delimiter": ";", "encoding": "UTF-8"})

    run.refresh_from_db()
    assert run.headers == ["Name", "Account"]
    assert run.targets == ["name", "account"]


def test_progress_leads_back_to_the_page_when_it_is_over(browser, run):
    run.dry_run(run.targets)
    assert "Waiting for a worker" in browser.get(page(run, "progress")).content.decode()

    work(run)

    assert browser.get(page(run, "progress"), headers={"HX-Request": "true"})["HX-Redirect"] == page(run)


def test_bad_rows_are_named_with_the_columns_of_the_file(browser, run):
    check(run)

    text = browser.get(page(run)).content.decode()
    assert "Bring in 1 row" in text
    assert "<b>客户名称</b>" in text
    assert "李娜 · Nowhere" in text
    assert "李娜" in browser.get(page(run, "rows", kind="refused")).content.decode()
    assert browser.get(page(run, "rows", kind="nonsense")).status_code == 404


def test_refused_rows_are_downloaded_with_their_cells_and_reasons(browser, run):
    check(run)

    answer = browser.get(page(run, "download", kind="refused"))

    first, second = b"".join(answer).decode("utf-8-sig").splitlines()
    assert first == "Row,Reason,姓名,客户名称,职务,手机,邮箱,生日,备用"
    assert second.startswith("3,客户名称: ")
    assert second.endswith("李娜,Nowhere,,,,,")
    assert answer["Content-Type"].startswith("text/csv")


def test_without_the_file_the_download_still_has_numbers_and_reasons(browser, run, settings, tmp_path):
    check(run)
    settings.MEDIA_ROOT = tmp_path

    assert b"".join(browser.get(page(run, "download", kind="refused"))).decode().splitlines()[1].startswith("3,")


def test_whoever_presses_twice_is_told_so(browser, run):
    check(run)
    browser.post(page(run, "apply"))

    answer = browser.post(page(run, "apply"), follow=True)

    assert "This import has moved on meanwhile." in answer.content.decode()
    assert JobRun.objects.count() == 2


def test_a_job_that_failed_for_good_can_be_tried_again_or_given_up(browser, run):
    check(run)
    browser.post(page(run, "apply"))
    job = JobRun.objects.order_by("id").last()
    JobRun.objects.filter(pk=job.pk).update(state="dead", attempts=5)
    assert "Something of ours went wrong" in browser.get(page(run)).content.decode()

    browser.post(page(run, "again"))
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)

    JobRun.objects.filter(pk=job.pk).update(state="dead", attempts=5)
    browser.post(page(run, "stop"))
    run.refresh_from_db()
    assert run.state == "uploaded"


def test_undo_is_offered_for_what_came_in(browser, run):
    run = apply(check(run))
    assert "Take it back" in browser.get(page(run)).content.decode()

    browser.post(page(run, "undo"))
    run.refresh_from_db()
    text = browser.get(page(work(run))).content.decode()

    assert "records are as they were before" in text
    assert "Take it back" not in text


def test_a_file_that_was_only_looked_at_is_thrown_away(browser, run):
    browser.post(page(run, "discard"))

    assert browser.get(page(run)).status_code == 404


def test_the_list_costs_the_same_however_many_there_are(browser, run, ann, django_assert_num_queries):
    browser.get(reverse("sync:imports"))
    with django_assert_num_queries(4):
        browser.get(reverse("sync:imports"))
    for _number in range(5):
        bring_file(FILE, "people", by=ann)
    with django_assert_num_queries(4):
        browser.get(reverse("sync:imports"))


def test_the_page_costs_the_same_however_many_rows_it_tells_of(browser, ann, acme, django_assert_max_num_queries):
    bad = "".join(f"P{number},Nowhere,,,,,\n" for number in range(30))
    run = undo(apply(check(bring_file(FILE + bad, "people", by=ann))))

    with django_assert_max_num_queries(12):
        browser.get(page(run))


def test_a_manager_looks_on_and_reads_no_cell(run, ben):
    check(run)
    client = Client()
    client.force_login(ben)

    text = client.get(page(run)).content.decode()

    assert "refused" in text
    assert "李娜" not in text
    assert "Bring in" not in text


def test_rows_to_look_at_stand_in_the_order_of_the_file(browser, ann):
    rows = "".join(f"P{number},Acme,Unit {number}\n" for number in range(4))

    checked = check(bring_file("Name,Account,Unit\n" + rows, "people", by=ann))

    assert [line["row"].number for line in browser.get(page(checked)).context["remarked"]] == [2, 3, 4, 5]


def test_a_word_on_a_whole_row_names_no_column(ann, run):
    run.targets = ["name", "", ""]
    run.headers = ["Name", "Colour", "Taste"]

    assert report.heading(run, "") == ""
    assert report.heading(run, "name") == "Name"


def test_of_what_was_taken_back_only_what_stays_is_shown(browser, acme, ann):
    brought = apply(check(bring_file("Name,Account\nLi Na,Acme\nWu Di,Nowhere\n", "people", by=ann)))
    Stakeholder.objects.get(name="Li Na").change(by=ann, concerns="Price")

    shown = browser.get(page(undo(brought))).content.decode()

    assert "Rows that stay" in shown
    assert "Refused rows" not in shown
    assert "1 kept" in browser.get(reverse("sync:imports")).content.decode()
