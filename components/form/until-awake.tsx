"use client";
import { type ReactNode, useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False until this page's script runs: what is typed before that would be lost. */
export const useAwake = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** The fields of a form, which take nothing before the script runs. */
export const UntilAwake = ({ awake, children }: { awake: boolean; children: ReactNode }) => (
  <fieldset disabled={!awake} data-waking={awake ? undefined : ""} className="contents">
    {children}
  </fieldset>
);
