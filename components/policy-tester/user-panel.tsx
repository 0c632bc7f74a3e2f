"use client";
import { useEffect, useEffectEvent, useId, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PersonAnswer } from "./person-answer";
import { NOWHERE } from "./person-panels";
import { PlaceFields } from "./place-fields";
import type { FoundUser, PolicyTesterProps, TestedPerson, TesterSubject } from "./subject";
import { useTest } from "./use-test";

const PAUSE_MS = 300;

/** People of the registry that fit what was typed; null before anything was. */
function useSearch(search: PolicyTesterProps["actions"]["searchUsers"], text: string) {
  const [found, setFound] = useState<FoundUser[] | null>(null);
  const ask = useEffectEvent(async (q: string) => {
    const result = await search({ q }).catch(() => null);
    return result?.ok ? result.data : [];
  });
  useEffect(() => {
    const q = text.trim();
    if (q === "") return setFound(null);
    let current = true;
    const timer = setTimeout(async () => {
      const people = await ask(q);
      if (current) setFound(people);
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  return found;
}

interface UserPanelProps extends PolicyTesterProps {
  type: TesterSubject["type"];
}

/** Somebody of the user registry, with the identity of their last sign-in. */
export function UserPanel({ type, subject, actions, firstUser }: UserPanelProps) {
  const id = useId();
  const [text, setText] = useState(firstUser?.email ?? "");
  const [place, setPlace] = useState(NOWHERE);
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useSearch(actions.searchUsers, text);
  const { run, ...state } = useTest<TestedPerson>(subject);

  function test(userId: string) {
    setChosen(userId);
    run((tested) => actions.testPerson({ subject: tested, who: { by: "user", userId }, place }));
  }

  const testFirst = useEffectEvent(() => firstUser && test(firstUser.id));
  useEffect(() => void testFirst(), []);

  return (
    <>
      <div className="grid max-w-2xl gap-4">
        <PlaceFields id={id} value={place} onChange={setPlace} />
        <Field
          id={`${id}-search`}
          label="Search people by email or name"
          help="Judged with the identity of their last sign-in."
        >
          {(aria) => (
            <Input
              {...aria}
              type="search"
              autoComplete="off"
              placeholder="ada@example.com"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {found && found.length > 0 && (
          <ul aria-label="People found" className="grid gap-1">
            {found.map((user) => (
              <li key={user.id}>
                <button
                  type="button"
                  aria-pressed={chosen === user.id}
                  onClick={() => test(user.id)}
                  className="flex min-h-9 w-full flex-wrap items-center gap-x-3 rounded-md border border-line bg-surface px-3 py-1.5 text-left hover:bg-sunken aria-pressed:border-accent"
                >
                  <span className="sr-only">Test </span>
                  <span className="min-w-0 break-all font-medium">{user.email}</span>
                  <span className="min-w-0 break-words text-muted">
                    {user.name && `${user.name}, `}
                    {user.loginMethod}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <p role="status" className="text-muted empty:hidden">
          {found &&
            (found.length === 0
              ? "Nobody in the user registry fits. People are there once they have signed in."
              : `${found.length} found. Choose one to test.`)}
        </p>
      </div>
      <PersonAnswer type={type} {...state} />
    </>
  );
}
