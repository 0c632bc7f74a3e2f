import type { Diagnosis, TraceStep } from "@/lib/oidc/schema";
import {
  emailOf,
  type ReportSubject,
  reportedClaims,
  reportedSettings,
  type TimedExchange,
  tellable,
  timedExchanges,
} from "./subject";
import { STEP_WORDS } from "./words";

/** Text of unknown origin on one line, so that it cannot become Markdown of its own. */
const plain = (text: string): string =>
  text.replace(/[\r\n\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(/[\\`*_[\]<>|#]/g, "\\$&");

/** A code span; its fence is longer than any run of backticks inside (CommonMark §6.1). */
function code(text: string): string {
  const line = text.replace(/[\r\n\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const gap = /^`|`$|^\s*$/.test(line) ? " " : "";
  return `${fence}${gap}${line}${gap}${fence}`;
}

function block(text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [fence, text, fence];
}

const table = (columns: string[], rows: string[][]): string[] => [
  `| ${columns.join(" | ")} |`,
  `|${" --- |".repeat(columns.length)}`,
  ...rows.map((row) => `| ${row.join(" | ")} |`),
];

const section = (title: string, lines: string[]): string[] =>
  lines.length > 0 ? ["", `## ${title}`, "", ...lines] : [];

const factLines = (facts: readonly { label: string; value: string }[], indent = ""): string[] =>
  facts.map(({ label, value }) => `${indent}- ${plain(label)}: ${code(value)}`);

function diagnosisLines({ title, cause, fixes, facts, code: name }: Diagnosis): string[] {
  return [
    `**${plain(title)}** (${code(name)})`,
    "",
    plain(cause),
    "",
    ...fixes.map((fix, index) => `${index + 1}. ${plain(fix)}`),
    ...(facts.length > 0 ? ["", ...factLines(facts)] : []),
  ];
}

const exchangeLine = ({ exchange: { method, url, status, ms, error } }: TimedExchange): string =>
  `   - ${code(`${method} ${url}`)} → ${status ?? "no answer"} (${ms} ms)${error ? ` ${plain(error)}` : ""}`;

function stepLines(
  { step, status, summary, ms, facts }: TraceStep,
  index: number,
  exchanges: readonly TimedExchange[],
): string[] {
  return [
    `${index + 1}. **${STEP_WORDS[step]}**: ${status}, ${ms} ms. ${plain(summary)}`,
    ...factLines(facts, "   "),
    ...exchanges.filter((made) => made.step === step).map(exchangeLine),
  ];
}

/** The answer that the run failed on, whole. */
function failedAnswer(subject: ReportSubject, exchanges: readonly TimedExchange[]): string[] {
  const failed = subject.run.steps.find(({ status }) => status === "failed")?.step;
  const last = exchanges.findLast(({ step }) => step === failed)?.exchange;
  return last?.responseBody ? block(last.responseBody) : [];
}

function claimLines(subject: ReportSubject): string[] {
  const { run, includeValues } = subject;
  if (includeValues && "claims" in run && run.claims) {
    return block(JSON.stringify(run.claims, null, 2));
  }
  const rows = reportedClaims(subject).map(({ name, source, type, sample }) => [
    code(name),
    source,
    type,
    sample === "" ? "" : code(sample),
  ]);
  return rows.length > 0 ? table(["Claim", "From", "Type", "Sample"], rows) : [];
}

function head(subject: ReportSubject): string[] {
  const { run, version } = subject;
  const email = emailOf(subject);
  const tested = run.draftId === null ? `version ${run.version}` : "unsaved changes";
  const { name, kind } = run.loginMethod;
  return [
    `# Test of ${plain(name)}: ${run.state.replaceAll("_", " ")}`,
    "",
    `- Login method: ${plain(name)} (${code(kind)}), ${tested}`,
    `- Started: ${run.startedAt} by ${plain(run.startedBy)}${run.byLink ? " (shared link)" : ""}`,
    `- Finished: ${run.finishedAt}`,
    ...(email ? [`- Signed in as: ${code(email)}`] : []),
    `- Callback URL: ${code(run.redirectUri)}`,
    `- Run: ${code(run.id)}`,
    `- Gatehouse ${version}`,
  ];
}

/** A run as Markdown, to be sent to whoever looks after the provider. */
export function markdownReport(asked: ReportSubject): string {
  const subject = tellable(asked);
  const { run, includeValues } = subject;
  const exchanges = timedExchanges(subject);
  const settings = reportedSettings(subject).map(({ label, value }) => [plain(label), code(value)]);
  const lines = [
    ...head(subject),
    ...section("Why it failed", "diagnosis" in run ? diagnosisLines(run.diagnosis) : []),
    ...section(
      "Warnings",
      "warnings" in run ? run.warnings.flatMap((warning) => [...diagnosisLines(warning), ""]) : [],
    ),
    ...section(
      "Timeline",
      run.steps.flatMap((step, index) => stepLines(step, index, exchanges)),
    ),
    ...section("The answer that it failed on", failedAnswer(subject, exchanges)),
    ...section("Claims", claimLines(subject)),
    ...section("Settings, without secrets", table(["Setting", "Value"], settings)),
    "",
    `Codes, tokens, state and secrets were taken out. ${includeValues ? "The values of the claims are in this report." : "Of claims, only type and first sign are told."}`,
    "",
  ];
  return lines.join("\n");
}
