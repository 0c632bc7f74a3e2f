// Adds up the runners' own reports. Usage: tally.mjs REPORTS_DIR EARLIER_FAILURES SKIP_REASON [RUNNER=EXIT_CODE …]
// A runner that exits non-zero without a failed test of its own (a crash, a file that does not load) counts as one failure.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [dir = ".", earlier = "0", skipReason = "", ...exits] = process.argv.slice(2);
const total = { passed: 0, failed: Number(earlier), skipped: 0 };
const exitCodes = new Map(exits.map((exit) => exit.split("=")));

/** @returns {any} */
function report(name) {
  const file = join(dir, name);
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function add(runner, counts) {
  const crashed = exitCodes.has(runner) && !counts?.failed;
  exitCodes.delete(runner);
  const { passed = 0, failed = 0, skipped = 0 } = counts ?? {};
  total.passed += passed;
  total.failed += failed + (crashed ? 1 : 0);
  total.skipped += skipped;
  const note = crashed ? " (the runner failed without a failed test: see above)" : "";
  console.log(`${runner}: ${passed} passed, ${failed} failed, ${skipped} skipped${note}`);
  if (!crashed && passed + failed + skipped === 0) {
    total.failed += 1;
    console.log(`${runner}: ran no test, which counts as a failure`);
  }
}

const countListed = (suite) =>
  (suite.specs ?? []).reduce((sum, spec) => sum + spec.tests.length, 0) +
  (suite.suites ?? []).reduce((sum, inner) => sum + countListed(inner), 0);

const vitest = report("vitest.json");
add(
  "vitest",
  vitest && {
    passed: vitest.numPassedTests,
    failed: vitest.numFailedTests,
    skipped: vitest.numPendingTests + vitest.numTodoTests,
  },
);

const playwright = report("playwright.json");
const listed = report("playwright-list.json");
const notReached = ["build", "browser"].filter((name) => exitCodes.has(name));
if (notReached.length > 0) {
  console.log(`playwright: not run (${notReached.join(", ")} failed: see above)`);
} else if (listed) {
  add("playwright", { skipped: listed.suites.reduce((sum, suite) => sum + countListed(suite), 0) });
  console.log(`Skipped, because ${skipReason}.`);
} else {
  add(
    "playwright",
    playwright && {
      passed: playwright.stats.expected,
      failed: playwright.stats.unexpected + playwright.stats.flaky,
      skipped: playwright.stats.skipped,
    },
  );
}
total.failed += exitCodes.size;
if (Number(earlier) > 0) console.log(`before the tests: ${earlier} failed (see above)`);

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
