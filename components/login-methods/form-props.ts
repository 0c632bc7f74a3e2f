import type { ScimPanelData } from "@/components/scim/panel-props";
import type { Connector } from "@/lib/connectors/definition";
import type { Result } from "@/lib/kit/result";
import type { MethodCopy } from "@/lib/login-methods/copy-of";
import type { LoginMethod, SavedLoginMethod } from "@/lib/login-methods/schema";
import type { LastTested } from "@/lib/test-runs/schema";
import type { FormStart } from "@/lib/test-runs/start-schema";
import type { Place } from "./guide-panel";
import type { ClaimHints } from "./parts";

export interface LoginMethodFormProps {
  connector: Connector;
  /** Null while it is being added. */
  method: LoginMethod | null;
  /** What a new one begins with when it is made from another. */
  copy?: MethodCopy | null;
  /** What the form begins with that is not saved: a tested draft, or a fix. */
  start: FormStart | null;
  /** Why it does not begin with what its address asks for. */
  startProblem: { title: string; text: string } | null;
  /** The last test of what is saved. */
  tested: LastTested | null;
  /** Id that a new login method gets, so that a form sent twice makes one. */
  draftId: string;
  place: Place;
  claims: ClaimHints;
  /** Private hosts that this installation may call. */
  allowedHosts: readonly string[];
  readOnly: boolean;
  /** Config key of the field to begin at. */
  focus: string | null;
  /** Null while SCIM is off, and while it is being added. */
  scimPanel: ScimPanelData | null;
  /** Was made a moment ago. */
  justAdded: boolean;
  add: (input: {
    id: string;
    kind: string;
    draftId?: string;
    values: Record<string, unknown>;
  }) => Promise<Result<SavedLoginMethod>>;
  change: (input: {
    id: string;
    version: number;
    draftId?: string;
    values: Record<string, unknown>;
  }) => Promise<Result<SavedLoginMethod>>;
}

export const LIST = "/settings/authentication";
