"use client";
import { useQuery } from "@tanstack/react-query";
import { type ScimHealth, scimHealthSchema } from "@/lib/scim/health/schema";

async function ask(loginMethodId: string, signal: AbortSignal): Promise<ScimHealth> {
  const response = await fetch(`/api/login-methods/${loginMethodId}/scim`, { signal });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return scimHealthSchema.parse(await response.json());
}

/** Asked for often while the first request is awaited, and now and then afterwards. */
export function useScimHealth(loginMethodId: string, initial: ScimHealth): ScimHealth {
  const { data } = useQuery({
    queryKey: ["scim-health", loginMethodId],
    queryFn: ({ signal }) => ask(loginMethodId, signal),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.firstAt ? 15_000 : 3_000),
  });
  return data;
}
