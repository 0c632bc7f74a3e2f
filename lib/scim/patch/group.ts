import { uniqueMembers } from "../input/member-refs";
import { toGroupInput } from "../input/resource";
import type { GroupInput, MemberStep } from "../schema";
import { applyOperation } from "./apply";
import { isOfMembers, memberStep } from "./member-step";
import type { PatchOperation } from "./operation";

export interface GroupPlan {
  input: GroupInput;
  steps: MemberStep[];
}

const saysSomething = (step: MemberStep) => step.op === "clear" || step.members.length > 0;

/** Some clients send one operation per member: neighbours of a kind become one step. */
function joined(steps: MemberStep[]): MemberStep[] {
  const runs: MemberStep[] = [];
  for (const step of steps.filter(saysSomething)) {
    const last = runs.at(-1);
    const isAdd = last?.op === "add" && step.op === "add";
    if (isAdd || (last?.op === "remove" && step.op === "remove")) {
      for (const member of step.members) last.members.push(member);
    } else {
      runs.push(step.op === "clear" ? step : { ...step, members: [...step.members] });
    }
  }
  return runs.map((run) =>
    run.op === "clear" ? run : { ...run, members: uniqueMembers(run.members) },
  );
}

/**
 * What a PATCH does to a group: its own attributes, and row operations on its members in the order
 * of the body. Never reads the members, so that it costs the same in a group of any size.
 * @throws ScimError 400 invalidPath, mutability or invalidValue; 413
 */
export function planGroup(current: GroupInput, operations: PatchOperation[]): GroupPlan {
  const { attributes, externalId, ...rest } = current;
  const resource = {
    ...structuredClone(attributes),
    ...rest,
    ...(externalId !== null && { externalId }),
  };
  const steps: MemberStep[] = [];
  for (const operation of operations) {
    if (isOfMembers(operation)) steps.push(memberStep(operation));
    else applyOperation(resource, operation);
  }
  return { input: toGroupInput(resource), steps: joined(steps) };
}
