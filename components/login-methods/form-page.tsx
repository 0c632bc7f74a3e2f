"use client";
import { type ReactNode, Suspense, use } from "react";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { Disclosure } from "@/components/ui/disclosure";
import type { ConnectorKind } from "@/lib/connectors";
import type { Connector } from "@/lib/connectors/definition";
import { loadConnector } from "@/lib/connectors/load";
import type { LoginMethodFormProps } from "./form-props";
import { GuidePanel, useDoneSteps } from "./guide-panel";
import { LoginMethodForm } from "./login-method-form";

interface FormPageProps extends Omit<LoginMethodFormProps, "connector"> {
  kind: ConnectorKind;
  /** Values of the practice providers of this type, as the server has put them. */
  practice: readonly ReactNode[];
}

function Columns({ practice, connector, ...form }: FormPageProps & { connector: Connector }) {
  const steps = useDoneSteps(connector);
  const title = `Set up ${connector.label}`;
  const panel = (name: string) => (
    <div className="space-y-5">
      <GuidePanel connector={connector} place={form.place} name={name} steps={steps} />
      {practice}
    </div>
  );
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="rounded-lg border border-line bg-surface px-4 py-2 lg:hidden">
        <Disclosure summary={title}>{panel("above")}</Disclosure>
      </div>
      <div className="min-w-0">
        <LoginMethodForm connector={connector} {...form} />
      </div>
      <aside aria-label={title} className="max-lg:hidden">
        <div className="sticky top-20 max-h-[calc(100dvh-6rem)] overflow-y-auto rounded-lg border border-line bg-surface p-5 shadow-raised">
          <h2 className="mb-4 font-semibold text-base">{title}</h2>
          {panel("beside")}
        </div>
      </aside>
    </div>
  );
}

function Loaded(props: FormPageProps) {
  return <Columns connector={use(loadConnector(props.kind))} {...props} />;
}

/** The form, with what to do in the provider beside it, or above it on narrow screens. */
export const FormPage = (props: FormPageProps) => (
  <Suspense fallback={<PageSkeleton />}>
    <Loaded {...props} />
  </Suspense>
);
