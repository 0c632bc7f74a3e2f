import { expectAccessible, expectAccessibleEverywhere } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { KeyCard } from "./pages/key-cards";
import { addLoginMethod, LoginMethodForm } from "./pages/login-method-form";
import { TestResult } from "./pages/test-result";

const generic = () => provider("generic");
const base = () => `http://${generic().hostPort}`;

test("my provider takes a signature: I make a key, hand over its address, and the test passes", async ({
  page,
}) => {
  test.slow();
  const client = "variant-private-key-jwt";
  const { client_secret: _none, ...fields } = generic().fields;
  const form = new LoginMethodForm(page);
  const keys = new KeyCard(page, "Signing key");
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: "Signed", fields: { ...fields, client_id: client } });
  await form.open("Optional configurations");
  await form.field("Token endpoint authentication").selectOption("Private key (JWT)");
  await expect(form.field("Client secret"), "nothing asks for a secret").toBeHidden();

  await keys.make("Make a key pair");
  await expect(keys.keys()).toContainText("Signs");
  await expect(page, "a reload keeps the keys").toHaveURL(/[?&]id=[0-9a-f-]{36}/);
  await keys.handOver(base(), client);
  const published = await page.context().request.get(await keys.address());
  expect(JSON.stringify(await published.json())).not.toMatch(/"(d|p|q|dp|dq|qi)":/);
  await keys.keys().getByText("Public key", { exact: true }).click();
  await expect(keys.card.getByText("-----BEGIN PUBLIC KEY-----")).toBeVisible();
  await expectAccessibleEverywhere(page, "a form with a signing key");
  await page.setViewportSize({ width: 1280, height: 800 });
  await form.save();

  const result = await TestResult.signedInAs("ada", await form.test());
  await result.expectSuccess();
  await expect(result.step("Exchange code")).toContainText("Private key (JWT)");
  await result.page.close();

  await test.step("a new key signs once I switch to it, and the old one can go", async () => {
    await keys.make("Make a new one");
    const [newest, oldest] = [keys.keys().first(), keys.keys().last()];
    await expect(newest).toContainText("Published, does not sign yet");
    await newest.getByRole("button", { name: "Sign with this key" }).click();
    await expectAccessible(page, "the question before switching");
    await page.getByRole("dialog").getByRole("button", { name: "Sign with this key" }).click();
    await expect(newest).toContainText("Signs");
    await expect(oldest).toContainText("Retired");
    await keys.confirm(oldest, /^Delete key/, "Delete");
    await expect(keys.keys()).toHaveCount(1);
    const again = await TestResult.signedInAs("ada", await form.test());
    await again.expectSuccess();
  });
});

test("a provider that does not know my key: the test says which key and what to do", async ({
  page,
}) => {
  const { client_secret: _none, ...fields } = generic().fields;
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({
    name: "Unknown key",
    fields: { ...fields, client_id: "variant-private-key-jwt" },
  });
  await form.open("Optional configurations");
  await form.field("Token endpoint authentication").selectOption("Private key (JWT)");
  await form.save();
  const result = new TestResult(await form.test());
  await result.expectDiagnosis("There is no key to sign with");
  await result.page.close();

  const keys = new KeyCard(page, "Signing key");
  await keys.make("Make a key pair");
  const refused = await TestResult.signedInAs("ada", await form.test());
  const card = await refused.expectDiagnosis("The signature of this app was not accepted");
  await expect(card).toContainText("address of the key set");
});

test("my provider encrypts ID tokens: I make a decryption key, and the test passes", async ({
  page,
}) => {
  test.slow();
  const client = "variant-encrypted-id-token";
  const form = new LoginMethodForm(page);
  const keys = new KeyCard(page, "Encrypted ID tokens");
  await form.openNew("oidc");
  await form.fillFromDiscovery({
    name: "Encrypted",
    fields: { ...generic().fields, client_id: client },
  });
  await form.open("Optional configurations");
  await page.getByRole("heading", { name: "Advanced" }).click();
  await keys.make("Make a decryption key");
  await keys.handOver(base(), client);
  await expectAccessible(page, "a form with a decryption key");
  await form.save();
  const result = await TestResult.signedInAs("ada", await form.test());
  await result.expectSuccess();
  await expect(result.step("Verify ID token")).toContainText("RSA-OAEP-256, A256CBC-HS512");
});

test("I change the client secret while the provider still wants the old one", async ({
  page,
  plantSecret,
}) => {
  test.slow();
  const fields = { ...generic().fields };
  const form = await addLoginMethod(page, "oidc", { name: "Rotated", fields });
  const replaceSecret = async (secret: string) => {
    await page.getByRole("button", { name: "Replace Client secret" }).click();
    await form.fill("Client secret", secret);
    await page.getByLabel("Keep the old one until the provider has switched").check();
    await form.saveChanges();
  };
  await replaceSecret(plantSecret("not-valid-yet"));
  const late = await TestResult.signedInAs("ada", await form.test());
  await late.expectSuccess();
  await expect(
    late.page.getByText("The provider still accepts only the old secret").first(),
  ).toBeVisible();
  await late.page.close();

  await test.step("the new one is accepted: the test offers to remove the old one", async () => {
    await page.reload();
    await form.open("Optional configurations");
    await expect(page.getByText("Previous client secret").first()).toBeVisible();
    await replaceSecret(fields.client_secret ?? "");
    const done = await TestResult.signedInAs("ada", await form.test());
    await done.expectSuccess();
    await expect(
      done.page.getByText("The new secret works; the old one can be removed").first(),
    ).toBeVisible();
    await expectAccessible(done.page, "a test with a note");
  });
});
