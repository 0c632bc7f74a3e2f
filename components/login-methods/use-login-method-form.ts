"use client";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { FieldErrors } from "react-hook-form";
import { useActionForm } from "@/components/form/use-action-form";
import { methodPath } from "@/components/test-runs/words";
import type { Connector } from "@/lib/connectors/definition";
import {
  type LoginMethod,
  type LoginMethodInput,
  loginMethodSchema,
  type SavedLoginMethod,
  scimSchema,
} from "@/lib/login-methods/schema";
import type { FormStart } from "@/lib/test-runs/start-schema";
import { formValues } from "./field-values";
import type { LoginMethodFormProps } from "./form-props";
import type { FormErrors, FormParts } from "./parts";
import { type LoginMethodForm, useDiscovery } from "./use-discovery";
import { useDraftTest } from "./use-draft-test";
import { useScimSecret } from "./use-scim-secret";

const valuesOf = (
  connector: Connector,
  method: Pick<LoginMethod, "name" | "config" | "scim"> | null,
): LoginMethodInput => ({
  name: method?.name ?? "",
  config: formValues(connector, method?.config ?? {}),
  scim: method?.scim ?? scimSchema.parse({}),
});

/** Goes on once the form holds nothing unsaved, or its guard would ask. */
function useGoOn(dirty: boolean) {
  const router = useRouter();
  const [next, setNext] = useState<{ href: string; test: boolean } | null>(null);
  useEffect(() => {
    if (!next || dirty) return;
    // The test leaves for the provider by way of a route handler, which the router cannot follow.
    if (next.test) location.assign(next.href);
    else router.push(next.href);
  }, [next, dirty, router]);
  return setNext;
}

/** Where a save leads. */
function leave(
  goOn: ReturnType<typeof useGoOn>,
  path: string,
  { test, added, begun }: { test: boolean; added: boolean; begun: boolean },
): void {
  if (test) goOn({ href: `${path}/tests/new`, test });
  else if (added) goOn({ href: `${path}?added`, test });
  // What the address asked for is done: a reload must not begin with it again.
  else if (begun) history.replaceState(null, "", path);
}

const messagesOf = (errors: FieldErrors<LoginMethodInput>): FormErrors => ({
  config: Object.fromEntries(
    Object.entries(errors.config ?? {}).map(([name, error]) => [name, error?.message]),
  ),
  scim: Boolean(errors.scim),
});

/**
 * What the form works on: what is saved, and what it began with that is not. Of the first rendering,
 * for the page is made again whenever a test ends, and that must change no input.
 */
function useSubject(props: LoginMethodFormProps) {
  const [{ start, id }] = useState({
    start: props.start,
    id: props.start?.loginMethodId ?? props.draftId,
  });
  const [begun, setBegun] = useState(start);
  const [saved, setSaved] = useState(props.method);
  const from = begun?.from ?? null;
  return {
    ...{ start, id, begun, setBegun, saved, setSaved, from },
    secrets: (from ? begun?.secrets : saved?.secrets) ?? {},
    baseVersion: saved?.version ?? 0,
  };
}
type Subject = ReturnType<typeof useSubject>;

/** Fills a form that begins with unsaved values: they differ from what is saved, and so it is dirty. */
function useFill(form: LoginMethodForm, connector: Connector, start: FormStart | null) {
  const fill = useEffectEvent(() => {
    if (start) form.reset(valuesOf(connector, start.values), { keepDefaultValues: true });
  });
  useEffect(() => fill(), []);
}

/** What a press on Save does. */
function saver(
  { add, change }: LoginMethodFormProps,
  { saved, id, from }: Subject,
  { kind }: Connector,
) {
  return (values: LoginMethodInput) => {
    const input = { ...(from && { draftId: from }), values: { ...values } };
    return saved
      ? change({ id: saved.id, version: saved.version, ...input })
      : add({ id, kind, ...input });
  };
}

/** Puts back what a fix changed. */
function undo(form: LoginMethodForm, connector: Connector, { fix }: FormStart) {
  const changes = fix?.changes ?? [];
  const stored = Object.fromEntries(changes.map(({ name, before }) => [name, before]));
  const before = formValues(connector, stored);
  for (const { name } of changes) {
    form.setValue(`config.${name}`, before[name], { shouldDirty: true, shouldValidate: true });
  }
}

/** The state of the form that a login method of any type is added and changed with. */
export function useLoginMethodForm(props: LoginMethodFormProps) {
  // The form is one object whose state changes: the compiler's memo would show what it was.
  "use no memo";
  const { connector } = props;
  const subject = useSubject(props);
  const { start, begun, setBegun, saved, secrets } = subject;
  const begin = props.method ?? props.copy ?? null;
  const [wasSaved, setWasSaved] = useState(props.justAdded);
  const thenTest = useRef(false);
  const { afterSecret, scimSecret } = useScimSecret();
  const { form, submit, refuse, issues } = useActionForm({
    schema: loginMethodSchema(connector, Object.keys(secrets)),
    action: saver(props, subject, connector),
    defaultValues: valuesOf(connector, begin),
    onSuccess: ({ scimSecret: secret, ...method }: SavedLoginMethod) => {
      form.reset(valuesOf(connector, method));
      discovery.session.saved(method.config);
      subject.setSaved(method);
      setWasSaved(true);
      setBegun(null);
      const then = { test: thenTest.current, added: saved === null, begun: begun !== null };
      afterSecret(method, secret, () => leave(goOn, methodPath(method.id), then));
    },
  });
  const discovery = useDiscovery(connector, form, (start?.values ?? begin)?.config ?? null);
  const { isDirty: dirty, isSubmitting: pending, errors } = form.formState;
  const goOn = useGoOn(dirty);
  const [name, config, scim] = form.watch(["name", "config", "scim"]);
  useFill(form, connector, start);
  const complete = () => {
    discovery.session.compute();
    return form.getValues();
  };
  const startConfig = start && valuesOf(connector, start.values).config;
  const test = useDraftTest({
    ...{ connector, subject, complete, refuse },
    values: { name, config, scim },
    begun: start && { config: startConfig ?? {}, runId: start.runId, tested: start.tested },
  });
  const parts: FormParts = {
    ...{ connector, form, discovery, saved, secrets },
    subject: { loginMethodId: subject.id, baseVersion: subject.baseVersion, from: subject.from },
    values: { ...config },
    scim: { ...scim },
    errors: messagesOf(errors),
    claims: props.claims,
    allowedHosts: props.allowedHosts,
    readOnly: props.readOnly,
    fixed: begun?.fix?.changes ?? [],
  };
  function save(thenTests: boolean) {
    thenTest.current = thenTests;
    discovery.session.compute();
    return submit();
  }
  function discard() {
    form.reset(valuesOf(connector, saved));
    setWasSaved(false);
    setBegun(null);
    if (saved) discovery.session.saved(saved.config);
  }
  function undoFix() {
    if (!begun) return;
    undo(form, connector, begun);
    setBegun({ ...begun, fix: null });
  }
  return {
    ...{ parts, issues, dirty, pending, wasSaved, begun, test, scimSecret },
    ...{ save, discard, undoFix },
  };
}
