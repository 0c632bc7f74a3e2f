"use client";
import Link from "next/link";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select, Textarea } from "@/components/ui/input";
import { relativeTime } from "@/components/ui/relative-time";
import { Time } from "@/components/ui/time";
import { PersonAnswer } from "./person-answer";
import { PlaceFields } from "./place-fields";
import type {
  PolicyTesterProps,
  TestedEntry,
  TestedPerson,
  TesterPlace,
  TesterSubject,
  TesterWho,
} from "./subject";
import { useTest } from "./use-test";

export const NOWHERE: TesterPlace = { ip: "", country: "" };

interface PanelProps extends PolicyTesterProps {
  type: TesterSubject["type"];
}

/** The fields of a panel, then where from, then Test, then the answer. */
function Panel(props: PanelProps & { who: TesterWho; from?: TesterPlace; children: ReactNode }) {
  const { type, subject, actions, who, from = NOWHERE, children } = props;
  const id = useId();
  const [place, setPlace] = useState(from);
  const { run, ...state } = useTest<TestedPerson>(subject);
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        run((tested) => actions.testPerson({ subject: tested, who, place }));
      }}
    >
      <div className="grid max-w-2xl gap-4">
        {children}
        <PlaceFields id={id} value={place} onChange={setPlace} />
        <div>
          <Button type="submit" pending={state.pending}>
            Test
          </Button>
        </div>
      </div>
      <PersonAnswer type={type} {...state} />
    </form>
  );
}

const EXAMPLE = `{
  "email": "ada@example.com",
  "groups": ["admins"]
}`;

/** Somebody who never signed in: claims as a provider would send them. */
export function ClaimsPanel(props: PanelProps) {
  const { loginMethods } = props;
  const id = useId();
  const [loginMethodId, setMethod] = useState(loginMethods[0]?.id ?? "");
  const [claims, setClaims] = useState(EXAMPLE);
  if (loginMethods.length === 0) {
    return <p className="text-muted">Add a login method first: claims belong to one.</p>;
  }
  return (
    <Panel {...props} who={{ by: "claims", loginMethodId, claims }}>
      <Field id={`${id}-method`} label="Login method">
        {(aria) => (
          <Select
            {...aria}
            value={loginMethodId}
            onChange={(event) => setMethod(event.target.value)}
          >
            {loginMethods.map((method) => (
              <option key={method.id} value={method.id}>
                {method.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        id={`${id}-claims`}
        label="Claims as JSON"
        help="As in an ID token or in user info. They stay here: nothing is stored."
      >
        {(aria) => (
          <Textarea
            {...aria}
            rows={8}
            spellCheck={false}
            className="font-mono"
            value={claims}
            onChange={(event) => setClaims(event.target.value)}
          />
        )}
      </Field>
    </Panel>
  );
}

/** Whom an entry of the Access log was about, with the identity of that moment and from where it came. */
export function EntryPanel(props: PanelProps & { entry: TestedEntry }) {
  const { id, ref, email, loginMethod, at, ip, country } = props.entry;
  return (
    <Panel
      {...props}
      who={{ by: "entry", entryId: id }}
      from={{ ip: ip ?? "", country: country ?? "" }}
    >
      <p className="break-words text-muted">
        Judges {email} (signed in with {loginMethod}) by what stands here now, with the identity
        that entry{" "}
        <Link href={`/logs/access?entry=${id}`} className="font-mono underline underline-offset-2">
          {ref}
        </Link>{" "}
        of the Access log had. <Time value={at} />
      </p>
    </Panel>
  );
}

/** The identity that a test brought. */
export function RunPanel(props: PanelProps) {
  const { runs, firstRun } = props;
  const id = useId();
  const [runId, setRun] = useState(firstRun ?? runs[0]?.id ?? "");
  const [now] = useState(() => Date.now());
  if (runs.length === 0) {
    return (
      <p className="text-muted">
        No test has brought an identity yet. Test a login method, then come back.
      </p>
    );
  }
  return (
    <Panel {...props} who={{ by: "run", runId }}>
      <Field id={`${id}-run`} label="Test">
        {(aria) => (
          <Select {...aria} value={runId} onChange={(event) => setRun(event.target.value)}>
            {runs.map((run) => (
              <option key={run.id} value={run.id}>
                {`${run.email} · ${run.loginMethod} · ${relativeTime(Date.parse(run.at), now)}`}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </Panel>
  );
}
