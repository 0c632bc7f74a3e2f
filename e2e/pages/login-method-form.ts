import { expect, type Locator, type Page } from "@playwright/test";
import { plant } from "../harness/planted";

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
  gitlab_url: "GitLab URL",
  github_url: "GitHub URL",
};

const IN_OPTIONAL = new Set(["authorization_server_id"]);

/** The add and the edit form of a login method. */
export class LoginMethodForm {
  constructor(readonly page: Page) {}

  async openNew(kind: string): Promise<void> {
    await this.page.goto(`/settings/authentication/login-methods/new/${kind}`);
    await expect(this.field("Name")).toBeVisible();
  }

  /** A field by its label, with or without "(optional)" and its badge behind. */
  field(label: string): Locator {
    return this.page
      .getByLabel(new RegExp(`^${label}( |$)`))
      .and(this.page.locator("input, select"));
  }

  async fill(label: string, value: string): Promise<void> {
    await this.field(label).fill(value);
  }

  /** Types an address that discovery reads, and leaves the field. */
  async discover(label: string, value: string): Promise<void> {
    await this.fill(label, value);
    await this.field(label).press("Tab");
  }

  /** What discovery says, read out by screen readers as it changes. */
  discovery(says: RegExp): Locator {
    return this.page.locator("form").getByRole("status").filter({ hasText: says });
  }

  /** Unfolds a section of the form. */
  async open(title: "Optional configurations" | "SCIM"): Promise<void> {
    const heading = this.page.getByRole("heading", { name: title, level: 2 });
    const section = this.page.locator("details").filter({ has: heading });
    // A click on a page that is still waking up can be lost.
    await expect(async () => {
      if ((await section.getAttribute("open")) === null) await heading.click();
      await expect(section).toHaveAttribute("open", "", { timeout: 1_000 });
    }).toPass();
  }

  async addTag(label: string, value: string): Promise<void> {
    await this.field(label).fill(value);
    await this.field(label).press("Enter");
  }

  async fillAll({ name, fields }: Values): Promise<void> {
    await this.fill("Name", name);
    for (const [key, value] of Object.entries(fields)) {
      if (IN_OPTIONAL.has(key)) await this.open("Optional configurations");
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

  async trySave(): Promise<void> {
    await this.page.getByRole("button", { name: "Save", exact: true }).click();
  }

  /** Saves a new login method, which then has an address of its own. */
  async save(): Promise<void> {
    await this.trySave();
    await this.page.waitForURL(/\/login-methods\/[0-9a-f-]{36}/);
  }

  /** Stores the SCIM Secret that a save brought, and answers it. */
  async storeScimSecret(): Promise<string> {
    const dialog = this.page.getByRole("dialog", { name: /^SCIM Secret of / });
    const lines = dialog.locator("code");
    await expect(lines).toHaveCount(2);
    const secret = (await lines.last().textContent()) ?? "";
    plant(secret);
    await dialog.getByRole("checkbox", { name: "I stored it" }).check();
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog).toBeHidden();
    return secret;
  }

  /** Saves changes; the page stays. */
  async saveChanges(): Promise<void> {
    await this.trySave();
    await expect(this.page.getByText("Unsaved changes")).toBeHidden();
  }

  /** Selects Test; it opens in a tab of its own. */
  async test(): Promise<Page> {
    const opened = this.page.context().waitForEvent("page");
    await this.page.getByRole("link", { name: /^Test .*opens a new tab/ }).click();
    return opened;
  }

  async pressTestUnsaved(): Promise<void> {
    await this.page.getByRole("button", { name: "Test these unsaved settings" }).click();
  }

  /** Tests the form as it stands, in a tab of its own. */
  async testUnsaved(): Promise<Page> {
    const opened = this.page.context().waitForEvent("page");
    await this.pressTestUnsaved();
    return opened;
  }
}

/** Adds a login method for a client of a practice provider, faulty or not. */
export async function addLoginMethod(
  page: Page,
  kind: string,
  values: Values,
): Promise<LoginMethodForm> {
  const form = new LoginMethodForm(page);
  await form.openNew(kind);
  await form.fillFromDiscovery(values);
  await form.save();
  return form;
}
