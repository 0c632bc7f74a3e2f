/** What the provider's admin pastes as base URL; its parts are no secret. */
export const scimEndpoint = (consoleUrl: string, loginMethodId: string): string =>
  `${consoleUrl.replace(/\/+$/, "")}/scim/v2/${loginMethodId}`;
