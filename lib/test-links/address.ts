/** Under the team domain; the token follows. */
export const TEST_LINK_PATH = "/cdn-cgi/access/test/";

export const testLinkUrl = (teamDomain: string, token: string): string =>
  `${teamDomain}${TEST_LINK_PATH}${token}`;
