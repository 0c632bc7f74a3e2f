"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { Config, Connector } from "@/lib/connectors/definition";
import type { LoginMethodInput, LoginMethodValues } from "@/lib/login-methods/schema";
import { askDiscovery } from "./ask";
import { DiscoverySession } from "./discovery-session";

export type LoginMethodForm = UseFormReturn<LoginMethodInput, unknown, LoginMethodValues>;

/** One discovery session for the life of a form. */
export function useDiscovery(connector: Connector, form: LoginMethodForm, saved: Config | null) {
  const [session] = useState(
    () =>
      new DiscoverySession(
        connector,
        {
          values: () => form.getValues("config"),
          write(values) {
            for (const [name, value] of Object.entries(values)) {
              form.setValue(`config.${name}`, value, { shouldDirty: true, shouldValidate: true });
            }
          },
          ask: (kind, config, signal) =>
            askDiscovery(kind, config, form.getValues("config.tls_ca"), signal),
        },
        saved,
      ),
  );
  const view = useSyncExternalStore(session.subscribe, session.current, session.current);
  useEffect(() => session.stop, [session]);
  return { session, view };
}

export type Discovery = ReturnType<typeof useDiscovery>;
