"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { FieldErrors } from "react-hook-form";
import { SaveBar } from "@/components/form/save-bar";
import { keepFocus } from "@/components/form/submit-button";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { useActionForm } from "@/components/form/use-action-form";
import { Button, LinkButton } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy";
import { ErrorSummary, type FormIssue } from "@/components/ui/error-summary";
import { type ConnectorKind, connectorFor } from "@/lib/connectors";
import type { Connector } from "@/lib/connectors/definition";
import type { Result } from "@/lib/kit/result";
import type { MethodCopy } from "@/lib/login-methods/copy-of";
import {
  type LoginMethod,
  type LoginMethodInput,
  loginMethodSchema,
  scimSchema,
} from "@/lib/login-methods/schema";
import { ConnectionFields, OptionalFields } from "./connection-fields";
import { formValues, isSet } from "./field-values";
import { FoldedSection, FormSection } from "./form-section";
import type { Place } from "./guide-panel";
import { type ClaimHints, type FormErrors, type FormParts, FormPartsContext } from "./parts";
import { ScimFields } from "./scim-fields";
import { useDiscovery } from "./use-discovery";

const LIST = "/settings/authentication";
const pathOf = (id: string) => `${LIST}/login-methods/${id}`;

export interface LoginMethodFormProps {
  kind: ConnectorKind;
  /** Null while it is being added. */
  method: LoginMethod | null;
  /** What a new one begins with when it is made from another. */
  copy?: MethodCopy | null;
  /** Id that a new login method gets, so that a form sent twice makes one. */
  draftId: string;
  place: Place;
  claims: ClaimHints;
  /** Private hosts that this installation may call. */
  allowedHosts: readonly string[];
  readOnly: boolean;
  /** Config key of the field to begin at. */
  focus: string | null;
  /** Was made a moment ago. */
  justAdded: boolean;
  add: (input: {
    id: string;
    kind: string;
    values: Record<string, unknown>;
  }) => Promise<Result<LoginMethod>>;
  change: (input: {
    id: string;
    version: number;
    values: Record<string, unknown>;
  }) => Promise<Result<LoginMethod>>;
}

const valuesOf = (
  connector: Connector,
  method: Pick<LoginMethod, "name" | "config" | "scim"> | null,
): LoginMethodInput => ({
  name: method?.name ?? "",
  config: formValues(connector, method?.config ?? {}),
  scim: method?.scim ?? scimSchema.parse({}),
});

/** As the fields stand on the page: rules over several fields report last. */
function inOrder(issues: readonly FormIssue[], { fields }: Connector): FormIssue[] {
  const places = ["#name", ...fields.map(({ name }) => `#config.${name}`)];
  const place = ({ href }: FormIssue) => (href ? places.indexOf(href) : -1);
  return issues.toSorted((a, b) => place(a) - place(b));
}

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

const messagesOf = (errors: FieldErrors<LoginMethodInput>): FormErrors => ({
  config: Object.fromEntries(
    Object.entries(errors.config ?? {}).map(([name, error]) => [name, error?.message]),
  ),
  scim: Boolean(errors.scim),
});

function useLoginMethodForm(props: LoginMethodFormProps) {
  // The form is one object whose state changes: the compiler's memo would show what it was.
  "use no memo";
  const connector = connectorFor(props.kind);
  const begin = props.method ?? props.copy ?? null;
  const [saved, setSaved] = useState(props.method);
  const [wasSaved, setWasSaved] = useState(props.justAdded);
  const secrets = saved?.secrets ?? {};
  const thenTest = useRef(false);
  const { form, submit, issues } = useActionForm({
    schema: loginMethodSchema(connector, Object.keys(secrets)),
    action: (values: LoginMethodInput) =>
      saved
        ? props.change({ id: saved.id, version: saved.version, values: { ...values } })
        : props.add({ id: props.draftId, kind: connector.kind, values: { ...values } }),
    defaultValues: valuesOf(connector, begin),
    onSuccess: (method: LoginMethod) => {
      form.reset(valuesOf(connector, method));
      discovery.session.saved(method.config);
      const isNew = saved === null;
      setSaved(method);
      setWasSaved(true);
      if (thenTest.current) goOn({ href: `${pathOf(method.id)}/tests/new`, test: true });
      else if (isNew) goOn({ href: `${pathOf(method.id)}?added`, test: false });
    },
  });
  const discovery = useDiscovery(connector, form, begin?.config ?? null);
  const { isDirty: dirty, isSubmitting: pending, errors } = form.formState;
  const goOn = useGoOn(dirty);
  const [config, scim] = form.watch(["config", "scim"]);
  const parts: FormParts = {
    connector,
    form,
    values: { ...config },
    scim: { ...scim },
    errors: messagesOf(errors),
    discovery,
    saved,
    secrets,
    claims: props.claims,
    allowedHosts: props.allowedHosts,
    readOnly: props.readOnly,
  };
  function save(test: boolean) {
    thenTest.current = test;
    discovery.session.compute();
    return submit();
  }
  function discard() {
    form.reset(valuesOf(connector, saved));
    setWasSaved(false);
    if (saved) discovery.session.saved(saved.config);
  }
  return { parts, issues, dirty, pending, save, discard, wasSaved };
}

/** Puts the focus on the field that a link asked for, once its section is open. */
function useFocus(field: string | null) {
  useEffect(() => {
    if (!field) return;
    const element = document.getElementById(`config.${field}`) ?? document.getElementById(field);
    element?.scrollIntoView({ block: "center" });
    element?.focus({ preventScroll: true });
  }, [field]);
}

function Sections({
  parts,
  place,
  focus,
}: {
  parts: FormParts;
  place: Place;
  focus: string | null;
}) {
  const { connector, values, errors } = parts;
  const optional = connector.fields.filter((field) => field.section !== "connection");
  const [begins] = useState(
    () => isSet(connector, values) || optional.some(({ name }) => name === focus),
  );
  return (
    <div className="space-y-5">
      <FormSection number={1} title="In your identity provider">
        <CopyField
          id="callback-url"
          label="Callback URL"
          value={place.callbackUrl}
          note="Your provider asks for an authorized redirect URI. Must match exactly - no slash at the end."
        />
      </FormSection>
      <FormSection number={2} title="Connection">
        <ConnectionFields />
      </FormSection>
      <FoldedSection
        number={3}
        title="Optional configurations"
        description="OIDC Claims, Email claim name, scopes and details of the protocol."
        wanted={begins}
        hasError={optional.some(({ name }) => errors.config[name])}
      >
        <OptionalFields focus={focus} />
      </FoldedSection>
      <FoldedSection
        number={4}
        title="SCIM"
        description="Users and groups that your provider pushes."
        wanted={parts.saved?.scim.enabled === true}
        hasError={errors.scim}
      >
        <ScimFields />
      </FoldedSection>
    </div>
  );
}

/** Adds or changes a login method of any type: everything it shows comes from the connector. */
export function LoginMethodForm(props: LoginMethodFormProps) {
  const { parts, issues, dirty, pending, save, discard, wasSaved } = useLoginMethodForm(props);
  useFocus(props.focus);
  const { saved } = parts;
  return (
    <FormPartsContext value={parts}>
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(false);
        }}
      >
        {issues.length > 0 && (
          <div className="mb-5">
            <ErrorSummary issues={inOrder(issues, parts.connector)} />
          </div>
        )}
        <Sections key={saved?.version ?? 0} parts={parts} place={props.place} focus={props.focus} />
        {!props.readOnly && (
          <SaveBar
            dirty={dirty}
            pending={pending}
            onDiscard={saved ? discard : undefined}
            status={wasSaved ? "Saved" : undefined}
          >
            {!saved && (
              <LinkButton href={LIST} variant="ghost">
                Cancel
              </LinkButton>
            )}
            <Button disabled={pending} onMouseDown={keepFocus} onClick={() => void save(true)}>
              Save and test
            </Button>
          </SaveBar>
        )}
        <UnsavedChanges dirty={dirty && !props.readOnly} />
      </form>
    </FormPartsContext>
  );
}
