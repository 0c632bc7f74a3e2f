import Link from "next/link";
import { applicationPath } from "@/components/policies/policy-words";
import { Disclosure } from "@/components/ui/disclosure";
import type { Difference, TestedEveryone, TestedUser, TesterSubject } from "./subject";

const people = (count: number): string =>
  `${count.toLocaleString("en")} ${count === 1 ? "person" : "people"}`;

const percent = (count: number, total: number): string =>
  `${new Intl.NumberFormat("en", { maximumFractionDigits: 1 }).format((100 * count) / total)}%`;

const NAMES = { policy: "policy", rule_group: "access group" } as const;

const MATCH = { gain: "would be matched that are not now", lose: "would no longer be matched" };
const ACCESS = { gain: "would gain access", lose: "would lose access" };

function Users({ title, users, count }: { title: string; users: TestedUser[]; count: number }) {
  if (count === 0) return null;
  return (
    <Disclosure summary={title}>
      <ul className="grid max-h-80 gap-1 overflow-y-auto">
        {users.map((user) => (
          <li key={user.id} className="break-words">
            <span className="font-medium">{user.email}</span>
            {user.name && <span className="text-muted"> {user.name}</span>}
            <span className="block text-muted">{user.why}</span>
          </li>
        ))}
      </ul>
      {count > users.length && (
        <p className="mt-2 text-muted">And {people(count - users.length)} more.</p>
      )}
    </Disclosure>
  );
}

interface SidesProps {
  difference: Difference;
  words: { gain: string; lose: string };
}

function Sides({ difference: { gain, lose, gains, losses }, words }: SidesProps) {
  return (
    <>
      <Users title={`${people(gains)} ${words.gain}`} users={gain} count={gains} />
      <Users title={`${people(losses)} ${words.lose}`} users={lose} count={losses} />
    </>
  );
}

/** Who gains and who loses, where a policy or an access group counts. */
function Places({ answer: { changes, moreChanges } }: { answer: TestedEveryone }) {
  if (changes.length === 0) return null;
  return (
    <ul aria-label="Applications in which access changes" className="grid gap-2">
      {changes.map((change) => (
        <li key={change.id} className="min-w-0 rounded-md border border-line px-3 py-2">
          <Link
            href={applicationPath(change.id)}
            className="flex min-h-6 items-center break-words font-medium hover:underline"
          >
            {change.name}
          </Link>
          <Sides difference={change} words={ACCESS} />
        </li>
      ))}
      {moreChanges > 0 && (
        <li className="text-muted">
          And {moreChanges.toLocaleString("en")} more applications in which access changes.
        </li>
      )}
    </ul>
  );
}

function uses(applications: number, name: string): string {
  if (applications === 0) return `No application uses this ${name}.`;
  if (applications === 1) return `One application uses this ${name}.`;
  return `${applications.toLocaleString("en")} applications use this ${name}.`;
}

function RulesAnswer({ answer, name }: { answer: TestedEveryone; name: string }) {
  const { matched, count, total, applications } = answer;
  if (!matched) return null;
  return (
    <>
      <p className="text-muted">
        {uses(applications, name)} Its rules match {people(count)} of {total.toLocaleString("en")} (
        {percent(count, total)}).
      </p>
      <Places answer={answer} />
      <Sides difference={matched} words={MATCH} />
    </>
  );
}

function ApplicationAnswer({ answer: { changes, count, total } }: { answer: TestedEveryone }) {
  const [only] = changes;
  if (!only) return null;
  return (
    <>
      <p className="text-muted">
        {people(count)} of {total.toLocaleString("en")} get in with what stands here (
        {percent(count, total)}).
      </p>
      <Sides difference={only} words={ACCESS} />
    </>
  );
}

function summary({ gains, losses, matched }: TestedEveryone): string {
  if (gains > 0 || losses > 0) {
    return `${people(gains)} ${ACCESS.gain}, ${people(losses)} ${ACCESS.lose}`;
  }
  return matched && matched.gains + matched.losses > 0
    ? "Nobody gains or loses access"
    : "Nothing changes for anybody";
}

interface EveryoneAnswerProps {
  type: TesterSubject["type"];
  answer: TestedEveryone;
}

/** Who would gain and who would lose, with their names. */
export function EveryoneAnswer({ type, answer }: EveryoneAnswerProps) {
  return (
    <div className="mt-5 grid gap-2">
      {answer.total === 0 ? (
        <p>
          The user registry is empty. People are there once they have signed in to an application.
        </p>
      ) : (
        <>
          <p className="font-semibold text-base">{summary(answer)}</p>
          {type === "application" ? (
            <ApplicationAnswer answer={answer} />
          ) : (
            <RulesAnswer answer={answer} name={NAMES[type]} />
          )}
        </>
      )}
      {answer.notes.map((note) => (
        <p key={note} className="text-muted">
          {note}
        </p>
      ))}
    </div>
  );
}
