import { expect, type Locator, type Page } from "@playwright/test";

interface Values {
  name: string;
  /** By config key, as a practice provider prints them. */
  fields: Record<string, string>;
}

/** Labels of the config keys that a person pastes (ux §2.5). */
const LABELS: Record<string, string> = {
  discovery_url: "Discovery URL",
  client_id: "App ID",
  client_secret: "Client secret",
  auth_url: "Auth URL",
  token_url: "Token URL",
  certs_url: "Certificate URL",
  okta_account: "Okta account URL",
  authorization_server_id: "Authorization Server ID",
  authentik_url: "authentik URL",
  application_slug: "Application slug",
  keycloak_url: "Keycloak URL",
  realm: "Realm",
};

/** The add and the edit form of a login method. */
export class LoginMethodForm {
  constructor(readonly page: Page) {}

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: false }).and(this.page.locator("input, select"));
  }

  async fill(label: string, value: string): Promise<void> {
    await this.field(label).fill(value);
  }

  async fillAll({ name, fields }: Values): Promise<void> {
    await this.fill("Name", name);
    for (const [key, value] of Object.entries(fields)) {
      const label = LABELS[key];
      if (label) await this.fill(label, value);
    }
  }

  /** Pastes what a provider gives and waits until discovery has filled the three addresses. */
  async fillFromDiscovery(values: Values): Promise<void> {
    await this.fillAll(values);
    for (const label of ["Auth URL", "Token URL", "Certificate URL"]) {
      await expect(this.field(label)).not.toHaveValue("");
    }
  }

  async save(): Promise<void> {
    await this.page.getByRole("button", { name: "Save", exact: true }).click();
    await this.page.waitForURL(/\/login-methods\/[0-9a-f-]{36}/);
  }

  /** Selects Test; it opens in a tab of its own. */
  async test(): Promise<Page> {
    const opened = this.page.context().waitForEvent("page");
    await this.page.getByRole("link", { name: /^Test/ }).click();
    return opened;
  }
}
