import type { Metadata } from "next";
import { CallbackCard } from "@/components/login-methods/callback-card";
import { itemOf } from "@/components/login-methods/method-item";
import { MethodTable } from "@/components/login-methods/method-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { requireViewer } from "@/lib/admins/require-admin";
import type { Viewer } from "@/lib/kit/actor";
import { listLoginMethods } from "@/lib/login-methods/store";
import { scimStates } from "@/lib/scim/health/store";
import { installation } from "@/lib/team/store";
import { latestRuns } from "@/lib/test-runs/store";
import { remove, setEnabled } from "./login-methods/actions";
import { AuthenticationHead } from "./tabs";

export const metadata: Metadata = { title: "Login methods - Authentication" };

const NEW = "/settings/authentication/login-methods/new";

async function LoginMethods({ viewer }: { viewer: Viewer }) {
  const [methods, { callbackUrl, teamDomain }] = await Promise.all([
    listLoginMethods(viewer),
    installation(),
  ]);
  const [runs, heard] = await Promise.all([latestRuns(viewer, methods), scimStates(viewer)]);
  const readOnly = viewer.role === "read_only";
  const worked = Object.values(runs).some(({ status }) => status.startsWith("passed"));
  return (
    <div className="space-y-5">
      <CallbackCard place={{ callbackUrl, teamDomain }} folded={worked} />
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="font-semibold text-lg leading-7">Login methods</h2>
          <p className="max-w-prose text-muted">
            The identity providers that people sign in with. Test one to see the claims it sends.
          </p>
        </div>
        {!readOnly && methods.length > 0 && (
          <LinkButton href={NEW} variant="primary">
            Add new
          </LinkButton>
        )}
      </div>
      {methods.length > 0 ? (
        <MethodTable
          methods={methods.map((method) => itemOf(method, heard[method.id]))}
          runs={runs}
          readOnly={readOnly}
          setEnabled={setEnabled}
          remove={remove}
        />
      ) : (
        <EmptyState
          title="No login methods yet"
          actions={
            !readOnly && (
              <LinkButton href={NEW} variant="primary">
                Add new
              </LinkButton>
            )
          }
        >
          Add your identity provider, then test it. Nobody can sign in to an application before
          that.
        </EmptyState>
      )}
    </div>
  );
}

export default async function AuthenticationPage() {
  const viewer = await requireViewer();
  return (
    <>
      <AuthenticationHead current="Login methods" />
      <LoginMethods viewer={viewer} />
    </>
  );
}
