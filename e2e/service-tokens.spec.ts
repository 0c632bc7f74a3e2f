import type { Page } from "@playwright/test";
import { plant } from "./harness/planted";
import { stage } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addApplication, addServicePolicy } from "./pages/access";

const dialogOf = (page: Page) => page.getByRole("dialog");
const secretIn = (page: Page) =>
  dialogOf(page)
    .getByText(/^[0-9a-f]{64}$/)
    .first();

/** The secret that is shown once; planted, for nothing may show it again. */
async function storeSecret(page: Page): Promise<string> {
  await expect(secretIn(page)).toBeVisible();
  const secret = (await secretIn(page).textContent()) ?? "";
  plant(secret);
  await dialogOf(page).getByRole("checkbox", { name: "I stored it" }).check();
  await dialogOf(page).getByRole("button", { name: "Done" }).click();
  await expect(dialogOf(page)).toBeHidden();
  return secret;
}

async function createToken(page: Page, name: string): Promise<void> {
  await page.goto("/access/service-auth");
  await page.getByRole("button", { name: "Create service token" }).click();
  await page.getByLabel("Service token name").fill(name);
  await dialogOf(page).getByRole("button", { name: "Create", exact: true }).click();
}

test("I create a service token and read its secret, once; I rotate it and delete it", async ({
  page,
}) => {
  await createToken(page, "Nightly backup");
  const dialog = dialogOf(page);
  const first = await storeSecret(page);
  const row = page.getByRole("row", { name: /Nightly backup/ });
  await expect(row).toContainText("Enabled");
  await page.reload();
  await expect(row).toBeVisible();
  expect(await page.content()).not.toContain(first);

  await row.getByRole("button", { name: "Actions for Nightly backup" }).click();
  await page.getByRole("menuitem", { name: "Rotate secret" }).click();
  await dialog.getByRole("button", { name: "Rotate secret" }).click();
  expect(await storeSecret(page)).not.toBe(first);

  await row.getByRole("button", { name: "Actions for Nightly backup" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: /Delete/ }).click();
  await expect(page.getByText("No service tokens yet")).toBeVisible();
});

test("a program enters with its service token, and no longer when I disable that", async ({
  page,
}) => {
  await createToken(page, "Weekly report");
  const id =
    (await dialogOf(page)
      .getByText(/^[0-9a-f]{32}\.access$/)
      .first()
      .textContent()) ?? "";
  const secret = await storeSecret(page);
  await addServicePolicy(page, "Let programs in");
  const host = "reports.localhost:4999";
  const policies = ["Let programs in"];
  await addApplication(page, { name: "Reports", host, policies, action: "Service Auth" });
  const statusWith = async (sent: string): Promise<number> => {
    const forwarded = { host, method: "GET", proto: "http", uri: "/", for: "198.51.100.7" };
    const headers = Object.fromEntries(
      Object.entries(forwarded).map(([name, value]) => [`x-forwarded-${name}`, value]),
    );
    const answer = await fetch(`${stage().url}/forward-auth/caddy`, {
      redirect: "manual",
      headers: { ...headers, "CF-Access-Client-Id": id, "CF-Access-Client-Secret": sent },
    });
    return answer.status;
  };
  await expect.poll(() => statusWith(secret)).toBe(200);
  expect(await statusWith(`${secret.slice(1)}0`)).not.toBe(200);

  await page.goto("/access/service-auth");
  const row = page.getByRole("row", { name: /Weekly report/ });
  await row.getByRole("button", { name: "Actions for Weekly report" }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await dialogOf(page).getByRole("button", { name: "Disable" }).click();
  await expect(row).toContainText("Disabled");
  await expect.poll(() => statusWith(secret)).not.toBe(200);
});
