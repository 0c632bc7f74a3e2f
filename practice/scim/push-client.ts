import { type PracticeUser, USERS } from "../accounts";

const USER_URN = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP_URN = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH_URN = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** People with an address: SCIM knows them by it. */
export const PUSHED: readonly (PracticeUser & { email: string })[] = USERS.flatMap((user) =>
  user.email === null ? [] : [{ ...user, email: user.email }],
);

interface Pushed {
  id: string;
  active: boolean;
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export interface Target {
  /** SCIM Endpoint, without a slash at its end. */
  endpoint: string;
  secret: string;
}

/** Pushes the practice users and their groups, as Okta does: looked up first, then created or changed. */
export class PushClient {
  readonly people = new Map<string, Pushed>();
  readonly groups = new Map<string, string>();
  /** Every request with its answer, the newest first. */
  readonly journal: string[] = [];

  constructor(readonly target: Target) {}

  private async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.target.endpoint}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.target.secret}`,
        accept: "application/scim+json",
        "user-agent": "Okta SCIM Client 1.0.0",
        ...(body !== undefined && { "content-type": "application/scim+json; charset=utf-8" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    this.journal.unshift(`${method} ${decodeURIComponent(path)}: ${response.status}`);
    this.journal.length = Math.min(this.journal.length, 50);
    const answer = { status: response.status, body: text ? JSON.parse(text) : {} };
    if (answer.status >= 400) {
      throw new Error(
        `${method} ${path} was answered ${answer.status}: ${answer.body.detail ?? ""}`,
      );
    }
    return answer;
  }

  private patch(path: string, op: string, change: Record<string, unknown>): Promise<Answer> {
    return this.send("PATCH", path, { schemas: [PATCH_URN], Operations: [{ op, ...change }] });
  }

  private async find(type: "Users" | "Groups", filter: string): Promise<string | null> {
    const { body } = await this.send("GET", `/${type}?filter=${encodeURIComponent(filter)}`);
    const [found] = body.Resources as { id: string }[];
    return found?.id ?? null;
  }

  private async pushPerson({ login, email, name }: (typeof PUSHED)[number]): Promise<void> {
    const [givenName, familyName] = name.split(" ");
    const resource = {
      schemas: [USER_URN],
      userName: email,
      externalId: login,
      name: { givenName, familyName },
      displayName: name,
      emails: [{ value: email, type: "work", primary: true }],
      active: true,
    };
    const found = await this.find("Users", `userName eq "${email}"`);
    const { body } = found
      ? await this.send("PUT", `/Users/${found}`, { ...resource, id: found })
      : await this.send("POST", "/Users", resource);
    this.people.set(login, { id: String(body.id), active: true });
  }

  private async pushGroup(displayName: string): Promise<void> {
    const members = PUSHED.filter(({ groups }) => groups.includes(displayName)).map(
      ({ login, email }) => ({ value: this.people.get(login)?.id, display: email }),
    );
    const found = await this.find("Groups", `displayName eq "${displayName}"`);
    const id =
      found ??
      String((await this.send("POST", "/Groups", { schemas: [GROUP_URN], displayName })).body.id);
    await this.patch(`/Groups/${id}`, "replace", { path: "members", value: members });
    this.groups.set(displayName, id);
  }

  /** Everybody, and every group that somebody could be missed from by eye. */
  async pushAll(): Promise<void> {
    for (const user of PUSHED) await this.pushPerson(user);
    const names = new Set(PUSHED.flatMap(({ groups }) => groups.slice(0, 10)));
    for (const name of names) await this.pushGroup(name);
  }

  /** Okta never deletes: who leaves is deactivated. */
  async setActive(login: string, active: boolean): Promise<void> {
    const person = this.people.get(login);
    if (!person) throw new Error(`${login} was not pushed yet`);
    await this.patch(`/Users/${person.id}`, "replace", { value: { active } });
    person.active = active;
  }

  async leaveGroup(login: string, group: string): Promise<void> {
    const person = this.people.get(login);
    const id = this.groups.get(group);
    if (!person || !id) throw new Error(`${login} or ${group} was not pushed yet`);
    await this.patch(`/Groups/${id}`, "remove", { path: `members[value eq "${person.id}"]` });
  }
}
