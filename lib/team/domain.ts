/** Whether the callback URL changes when the team is renamed. */
export const dependsOnTeamName = (authDomain: string): boolean => authDomain.includes("{team}");

/**
 * Origin of the team domain: the scheme of the console's URL and AUTH_DOMAIN with `{team}` filled
 * in. No slash at the end; a default port is left out.
 */
export function teamDomainFor(consoleUrl: string, authDomain: string, teamName: string): string {
  const { protocol } = new URL(consoleUrl);
  return new URL(`${protocol}//${authDomain.replaceAll("{team}", teamName)}`).origin;
}

/** What providers must have registered, byte for byte: no slash at the end. */
export const callbackUrlFor = (teamDomain: string): string =>
  `${teamDomain}/cdn-cgi/access/callback`;
