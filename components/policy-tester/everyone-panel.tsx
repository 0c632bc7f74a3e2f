"use client";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { TestFailure } from "./person-answer";
import type { PolicyTesterProps, TestedEveryone, TestedUser, TesterSubject } from "./subject";
import { useTest } from "./use-test";

const people = (count: number): string =>
  `${count.toLocaleString("en")} ${count === 1 ? "person" : "people"}`;

const percent = ({ allowed, total }: TestedEveryone): string =>
  total === 0
    ? "0%"
    : `${new Intl.NumberFormat("en", { maximumFractionDigits: 1 }).format((100 * allowed) / total)}%`;

const WORDS = {
  policy: { gain: "would be matched that are not now", lose: "would no longer be matched" },
  application: { gain: "would gain access", lose: "would lose access" },
} as const;

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

function Answer({ type, answer }: { type: TesterSubject["type"]; answer: TestedEveryone }) {
  const { gain, lose, gains, losses, total, allowed, notes } = answer;
  const words = WORDS[type];
  const verb = type === "policy" ? "are matched" : "get in";
  return (
    <div className="mt-5 grid gap-2">
      {total === 0 ? (
        <p>
          The user registry is empty. People are there once they have signed in to an application.
        </p>
      ) : (
        <>
          <p className="font-semibold text-base">
            {gains === 0 && losses === 0
              ? "Nothing changes for anybody"
              : `${people(gains)} ${words.gain}, ${people(losses)} ${words.lose}`}
          </p>
          <p className="text-muted">
            {people(allowed)} of {total.toLocaleString("en")} {verb} with what stands here (
            {percent(answer)}).
          </p>
          <Users title={`${people(gains)} ${words.gain}`} users={gain} count={gains} />
          <Users title={`${people(losses)} ${words.lose}`} users={lose} count={losses} />
        </>
      )}
      {notes.map((note) => (
        <p key={note} className="text-muted">
          {note}
        </p>
      ))}
    </div>
  );
}

interface EveryonePanelProps extends Pick<PolicyTesterProps, "subject" | "actions"> {
  type: TesterSubject["type"];
}

/** Who would gain and who would lose by what stands on the page and is not saved. */
export function EveryonePanel({ type, subject, actions }: EveryonePanelProps) {
  const { run, answer, failure, pending } = useTest<TestedEveryone>(subject);
  return (
    <div>
      <p className="mb-3 max-w-prose text-muted">
        Judges everybody in the user registry with the identity of their last sign-in, and compares
        what stands here with what is saved. Addresses and countries are not known.
      </p>
      <Button
        pending={pending}
        onClick={() => run((tested) => actions.testEveryone({ subject: tested }))}
      >
        Test everyone
      </Button>
      <div role="status">
        {pending && (
          <p className="appear-late mt-3 text-muted">Judging everybody in the user registry…</p>
        )}
        {!pending && answer && <Answer type={type} answer={answer} />}
      </div>
      {failure && (
        <div className="mt-3">
          <TestFailure failure={failure} />
        </div>
      )}
    </div>
  );
}
