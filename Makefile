# The commands of every day. Each is short for something one can also type.
PYTHON = .venv/bin/python
COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet

.PHONY: setup run demo test check format messages lock

setup:  ## everything the tests and checks need, in .venv
	python3 -c 'from launch.installing import install; install("requirements.txt", "requirements-dev.txt", "requirements-qa.txt")'

run:  ## the product with its demo, until Ctrl-C
	python3 run.py

demo:  ## the same from an empty database: var/ is set aside first
	@if [ -e var ]; then mv var "var-$$(date +%Y%m%d-%H%M%S)"; fi
	python3 run.py

test:
	python3 run.py test

check:  ## all that must be green
	python3 run.py test --e2e --qa

format: setup
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	.venv/bin/djade --target-version 5.2 $$(find templates -name '*.html')

messages: setup  ## gather the texts into locale/*.po, to be translated there (needs gettext)
	DJANGO_SETTINGS_MODULE=tests.settings $(PYTHON) manage.py makemessages --locale zh_Hans --no-obsolete --no-location --no-wrap --ignore 'var*' --ignore tests
	$(PYTHON) -c 'import polib, glob; [print(p, polib.pofile(p).percent_translated(), "%") for p in glob.glob("locale/*/LC_MESSAGES/*.po")]'

lock:  ## the three lock files anew from their .in files (needs uv); read the difference before keeping it
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-dev.in --output-file requirements-dev.txt
	$(COMPILE) requirements-qa.in --output-file requirements-qa.txt
