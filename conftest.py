"""Where CI=true, a skipped test fails the run: what is not tested there is tested nowhere."""

import os

import pytest

SKIPPED = pytest.StashKey[list[str]]()


def pytest_configure(config):
    config.stash[SKIPPED] = []


class Skips:
    """Collects the tests and files that were skipped and should not have been."""

    def __init__(self, config):
        self.found = config.stash[SKIPPED]

    def pytest_runtest_logreport(self, report):
        # An expected failure is reported as skipped, too.
        if report.skipped and not hasattr(report, "wasxfail") and "outside" not in report.keywords:
            self.found.append(report.nodeid)

    def pytest_collectreport(self, report):
        if report.skipped:
            self.found.append(report.nodeid)


def pytest_sessionstart(session):
    session.config.pluginmanager.register(Skips(session.config))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    if _skips_fail(session.config) and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    if _skips_fail(config):
        terminalreporter.section("skipped, which CI=true does not allow", red=True)
        for name in config.stash[SKIPPED]:
            terminalreporter.line(name)


def _skips_fail(config):
    return os.environ.get("CI") == "true" and bool(config.stash[SKIPPED])
