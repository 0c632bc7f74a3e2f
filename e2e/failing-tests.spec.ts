import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod, LoginMethodForm } from "./pages/login-method-form";
import { PracticeSignIn } from "./pages/practice-sign-in";
import { TestResult } from "./pages/test-result";

interface Case {
  /** Client id of the practice provider that provokes it. */
  fault: string;
  what: string;
  title: string | RegExp;
  /** Who signs in; nobody when the test must end before the provider is reached. */
  login?: string;
}

/** One of each kind of page; every other failure is provoked in lib/http/catalogue.int.test.ts. */
const CASES: Case[] = [
  {
    fault: "fault-jwks-html",
    what: "a Certificate URL that is a web page",
    title: "The Certificate URL is a web page",
  },
  {
    fault: "fault-jwks-other-keys",
    what: "the Certificate URL of another provider",
    title: "Certificate URL has other keys",
    login: "ada",
  },
  {
    fault: "fault-forged-signature",
    what: "a forged signature",
    title: "The signature of the ID token is wrong",
    login: "ada",
  },
  {
    fault: "fault-encrypted",
    what: "an encrypted ID token",
    title: "The ID token is encrypted",
    login: "ada",
  },
  {
    fault: "fault-wrong-issuer",
    what: "an ID token of another issuer",
    title: "Issuer differs",
    login: "ada",
  },
  {
    fault: "fault-invalid-client",
    what: "a refused client secret",
    title: "App ID or Client secret was not accepted",
    login: "ada",
  },
  {
    fault: "fault-no-email",
    what: "a user without an email",
    title: "No email in the answer",
    login: "ada",
  },
  {
    fault: "fault-access-denied",
    what: "a user whom the provider refuses",
    title: "Your provider refused this user",
    login: "ada",
  },
];

for (const { fault, what, title, login } of CASES) {
  test(`a test with ${what} says what is wrong and what to do`, async ({ page }) => {
    const generic = provider("generic");
    const found = generic.faults.find(({ clientId }) => clientId === fault);
    const form = new LoginMethodForm(page);
    await form.openNew("oidc");
    await form.fillFromDiscovery({
      name: fault,
      fields: { ...generic.fields, client_id: fault },
    });
    for (const [label, value] of [["Certificate URL", found?.fields?.certs_url]] as const) {
      if (value) await form.fill(label, value);
    }
    await form.save();
    const tab = await form.test();
    if (login) await new PracticeSignIn(tab).signIn(login);
    const result = new TestResult(tab);
    await result.expectDiagnosis(title);
    await result.expectNoDebris();
  });
}

test("a wrong client secret is found at the provider, and shown nowhere", async ({
  page,
  plantSecret,
}) => {
  const { fields } = provider("generic");
  const secret = plantSecret("wrong-secret");
  const form = await addLoginMethod(page, "oidc", {
    name: "Wrong secret",
    fields: { ...fields, client_secret: secret },
  });
  const result = await TestResult.signedInAs("ada", await form.test());
  await result.expectDiagnosis("App ID or Client secret was not accepted");
  expect(await result.page.content()).not.toContain(secret);
});

test("a provider that repeats the secret in its error cannot make Gatehouse show it", async ({
  page,
}) => {
  const { fields } = provider("generic");
  const form = await addLoginMethod(page, "oidc", {
    name: "Echo",
    fields: { ...fields, client_id: "fault-secret-echo" },
  });
  const result = await TestResult.signedInAs("ada", await form.test());
  await result.expectDiagnosis("App ID or Client secret was not accepted");
  expect(await result.page.content()).not.toContain(fields.client_secret);
});

test("claims that were made to do harm are shown as plain text", async ({ page }) => {
  const { fields } = provider("generic");
  const form = await addLoginMethod(page, "oidc", {
    name: "Hostile",
    fields: { ...fields, client_id: "variant-hostile-claims" },
  });
  const result = await TestResult.signedInAs("ada", await form.test());
  await result.expectSuccess();
  await result.expectNoDebris();
});

test("a diagnosis leads to the field it speaks of", async ({ page }) => {
  const { fields } = provider("generic");
  const form = await addLoginMethod(page, "oidc", {
    name: "To the field",
    fields: { ...fields, client_id: "fault-forged-signature" },
  });
  const result = await TestResult.signedInAs("ada", await form.test());
  const card = await result.expectDiagnosis("The signature of the ID token is wrong");
  await card.getByRole("link", { name: "Go to Certificate URL" }).click();
  await expect(new LoginMethodForm(result.page).field("Certificate URL")).toBeFocused();
});

test("while I am away at the provider, the console waits, helps, and lets me cancel", async ({
  page,
}) => {
  const { fields } = provider("generic");
  const form = await addLoginMethod(page, "oidc", { name: "Never back", fields });
  await page.clock.install();
  const tab = await form.test();
  await expect(new PracticeSignIn(tab).heading()).toBeVisible();
  await expect(page.getByText("Waiting for you to sign in at Never back")).toBeVisible();
  const help = page.getByText("Did your provider show an error");
  await expect(help).toBeHidden();
  await page.clock.fastForward("00:25");
  await expect(help).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("The test was cancelled").first()).toBeVisible();
});
