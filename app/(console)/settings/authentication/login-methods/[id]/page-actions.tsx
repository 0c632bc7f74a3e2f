"use client";
import { useRouter } from "next/navigation";
import { MethodActions, type MethodActionsProps } from "@/components/login-methods/method-actions";

/** The actions of a row, on the page of the login method itself: deleting leads back to the list. */
export function PageActions(props: Omit<MethodActionsProps, "onRemoved">) {
  const router = useRouter();
  return <MethodActions {...props} onRemoved={() => router.push("/settings/authentication")} />;
}
