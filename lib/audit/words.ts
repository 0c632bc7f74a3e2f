/** What an action is called in the Admin log. */
const ACTIONS: Record<string, string> = {
  "admin.end_sessions": "Ended their other sessions",
  "admin.invite": "Invited an admin",
  "admin.join": "Accepted an invitation",
  "admin.password": "Changed their password",
  "admin.remove": "Removed an admin",
  "admin.rename": "Changed their name",
  "admin.revoke_invitation": "Revoked an invitation",
  "admin.role": "Changed a role",
  "admin.sign_in": "Signed in",
  "login_method.change": "Changed a login method",
  "login_method.create": "Added a login method",
  "login_method.remove": "Deleted a login method",
  "login_method.disable": "Disabled a login method",
  "login_method.enable": "Enabled a login method",
  "login_method.heed_drift": "Took a published value seriously again",
  "login_method.ignore_drift": "Ignored a published value",
  "login_method.make_key": "Made a key pair for a login method",
  "login_method.use_key": "Switched the signing key of a login method",
  "login_method.remove_key": "Deleted a key pair of a login method",
  "login_method.regenerate_scim_secret": "Regenerated the SCIM Secret of a login method",
  "login_method.check_scim": "Checked the SCIM Endpoint of a login method",
  "login_method.pin_issuer": "Learnt the issuer of a login method",
  "custom_pages.design": "Changed the look of the login page",
  "page_template.change": "Changed a page template",
  "page_template.create": "Added a page template",
  "page_template.remove": "Deleted a page template",
  "application.change": "Changed an application",
  "application.create": "Added an application",
  "application.disable": "Disabled an application",
  "application.enable": "Enabled an application",
  "application.remove": "Deleted an application",
  "application.revoke_tokens": "Revoked the tokens of an application",
  "policy.change": "Changed a policy",
  "policy.create": "Added a policy",
  "policy.remove": "Deleted a policy",
  "proxy_report.dismiss": "Dismissed a report about a proxy",
  "rule_group.change": "Changed an access group",
  "rule_group.create": "Added an access group",
  "rule_group.remove": "Deleted an access group",
  "service_token.create": "Created a service token",
  "service_token.disable": "Disabled a service token",
  "service_token.enable": "Enabled a service token",
  "service_token.refresh": "Extended a service token",
  "service_token.remove": "Deleted a service token",
  "service_token.rotate": "Rotated the secret of a service token",
  "setup.complete": "Completed the set-up",
  "signing_key.rotate": "Rotated the key of application tokens",
  "system.outbound": "Changed the private networks",
  "team.country_header": "Changed the country header",
  "team.key_rotation": "Changed how often the signing key rotates",
  "team.session": "Changed the global session duration",
  "team.rename": "Renamed the team",
  "test_link.create": "Shared a test link",
  "test_link.revoke": "Revoked a test link",
  "test_link.use": "Used a test link",
  "session.revoke": "Revoked a session",
  "user.disable": "Disabled a user",
  "user.enable": "Enabled a user",
  "user.identity": "Said something new about a user",
  "user.remove": "Removed a user",
  "user.revoke": "Revoked a user's sessions",
};

const DOORS: Record<string, string> = {
  console: "Console",
  setup: "Set-up page",
  environment: "Environment variables",
  data_plane: "A test run",
  login: "A login",
  scim: "SCIM",
};

const spaced = (text: string): string => text.replace(/[._]/g, " ");

/** An action in words; one that has none here is at least readable. */
export const actionWords = (action: string): string => {
  const words = ACTIONS[action] ?? spaced(action);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const doorWords = (door: string): string => DOORS[door] ?? spaced(door);

/** Where the console shows an object of the log; null where it has no page. */
export function targetHref(type: string, id: string | null): string | null {
  switch (type) {
    case "login_method":
      return id && `/settings/authentication/login-methods/${encodeURIComponent(id)}`;
    case "user":
      return id && `/team/users/${encodeURIComponent(id)}/identity`;
    case "application":
      return id && `/access/applications/${encodeURIComponent(id)}`;
    case "policy":
      return id && `/access/policies/${encodeURIComponent(id)}`;
    case "rule_group":
      return id && `/access/groups/${encodeURIComponent(id)}`;
    case "service_token":
      return "/access/service-auth";
    case "admin":
    case "invitation":
      return "/settings/account";
    case "login_design":
      return "/settings/custom-pages/login";
    case "page_template":
      return id && `/settings/custom-pages/templates/${encodeURIComponent(id)}`;
    case "signing_key":
      return "/settings/authentication/global-session?highlight=signing-keys";
    case "global_session":
      return "/settings/authentication/global-session";
    case "team":
      return "/settings/custom-pages?highlight=team-name";
    case "system":
      return "/settings/system?highlight=private-networks";
    default:
      return null;
  }
}
