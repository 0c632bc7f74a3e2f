/** What the ids in rules are called, for sentences. Ids of things that are gone have words too. */
export interface Names {
  loginMethod(id: string): string;
  ruleGroup(id: string): string;
  serviceToken(id: string): string;
}

/** Name by id. */
export interface NameLists {
  loginMethods: Readonly<Record<string, string>>;
  ruleGroups: Readonly<Record<string, string>>;
  serviceTokens: Readonly<Record<string, string>>;
}

const reader =
  (list: Readonly<Record<string, string>>, gone: string) =>
  (id: string): string =>
    (Object.hasOwn(list, id) ? list[id] : undefined) ?? gone;

export const namesOf = ({ loginMethods, ruleGroups, serviceTokens }: NameLists): Names => ({
  loginMethod: reader(loginMethods, "(no longer exists)"),
  ruleGroup: reader(ruleGroups, "(no longer exists)"),
  serviceToken: reader(serviceTokens, "(no longer exists)"),
});
