import type { ApplicationSettings } from "@/lib/applications/schema";
import { type BlockPage, blockPage } from "./pages/block-page";
import { blockTemplate } from "./pages/block-template";
import { organizationOf, type PeoplePage } from "./pages/frame";

export interface Blocked extends Omit<BlockPage, "application" | "message"> {
  application: {
    name: string;
    settings: Pick<
      ApplicationSettings,
      | "custom_deny_message"
      | "custom_deny_url"
      | "custom_non_identity_deny_url"
      | "identity_denied_template"
      | "forbidden_template"
    >;
  } | null;
  /** Path that was asked for at `host`. */
  path?: string | null;
  /** HTML of the admin's own pages by id. */
  templates: ReadonlyMap<string, string>;
}

/** What an application has of its own for a reason; policies refuse, switched off things have none. */
function ownAnswer({ application, reason }: Blocked) {
  if (reason === "identity") {
    return {
      url: application?.settings.custom_deny_url,
      template: application?.settings.identity_denied_template,
    };
  }
  if (reason === "other") {
    return {
      url: application?.settings.custom_non_identity_deny_url,
      template: application?.settings.forbidden_template,
    };
  }
  return {};
}

/** Whether somebody is refused at the very address where the refused go: it would lead to itself. */
function isHere(url: string, { host, path }: Blocked): boolean {
  const { host: there, pathname } = new URL(url);
  return there === host && pathname === path?.split("?", 1)[0];
}

/**
 * What somebody gets who does not get in: the application's own address to go to, its own page, or
 * the page of every application. Pure.
 */
export function blockAnswer(blocked: Blocked): { location: string } | PeoplePage {
  const { url, template } = ownAnswer(blocked);
  if (url && !isHere(url, blocked)) return { location: url };
  const { application, email, host, reference } = blocked;
  const message = application?.settings.custom_deny_message ?? "";
  const html = template ? blocked.templates.get(template) : undefined;
  if (html === undefined) return blockPage({ ...blocked, message });
  return blockTemplate(html, {
    application: application?.name ?? "",
    email: email ?? "",
    reference,
    host: host ?? "",
    organization: organizationOf(blocked),
    message,
  });
}
