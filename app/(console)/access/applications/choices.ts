import type { Choices } from "@/components/applications/form-context";
import { listTags } from "@/lib/applications/search/store";
import { listTemplates } from "@/lib/custom-pages/templates/store";
import type { Viewer } from "@/lib/kit/actor";
import { nameLists, ruleLibrary } from "@/lib/policies/library/store";
import { namesOf } from "@/lib/policies/names";
import { policySentence } from "@/lib/policies/sentence";
import { listPolicies } from "@/lib/policies/store";

/** What an application's form offers. */
export async function choicesFor(viewer: Viewer): Promise<Choices> {
  const [library, policies, templates, tags] = await Promise.all([
    ruleLibrary(viewer),
    listPolicies(viewer),
    listTemplates(viewer),
    listTags(viewer),
  ]);
  const names = namesOf(nameLists(library));
  return {
    methods: library.methods.map(({ id, name, enabled }) => ({ id, name, enabled })),
    policies: policies.map((policy) => ({
      id: policy.id,
      name: policy.name,
      decision: policy.decision,
      sentence: policySentence(policy, names),
    })),
    tags,
    templates: templates.map(({ id, name, type }) => ({ id, name, type })),
  };
}
