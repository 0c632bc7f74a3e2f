import { adviceFor } from "./advice";
import { findProblem, parsed } from "./check-answer";
import { fill, missingIn } from "./fill";
import type { Answer, Profile, Send, SentRequest, Step, StepReport, Variables } from "./schema";
import { valueAt } from "./value-at";

/** What made-up people and groups are called, so that they are told from others and cleaned up. */
export const MADE_UP = { userName: "gatehouse-check-", displayName: "Gatehouse check " } as const;

const QUOTED = /["\\]/g;

/** A text inside of the quotes of a filter or a JSON body that is already text. */
const pathOf = (step: Step, variables: Variables): string => {
  const query = new URLSearchParams(fill(step.query ?? {}, variables)).toString();
  // Providers write %20, and not every proxy takes + for a space.
  const search = query === "" ? "" : `?${query.replaceAll("+", "%20")}`;
  return `${fill(step.path, variables)}${search}`;
};

function requestOf(profile: Profile, step: Step, variables: Variables): SentRequest {
  const { body, headers = {} } = step;
  const text = typeof body === "string" ? body : JSON.stringify(fill(body, variables));
  const { contentType = "application/scim+json", userAgent } = profile;
  return {
    method: step.method,
    path: pathOf(step, variables),
    headers: {
      accept: "application/scim+json",
      "user-agent": userAgent,
      ...(body !== undefined && { "content-type": contentType }),
      ...fill(headers, variables),
    },
    body: text ?? null,
  };
}

/** One run of a profile: its variables, and what it made and has to take away again. */
export class Simulation {
  private variables: Variables;
  private made: string[] = [];

  constructor(
    readonly profile: Profile,
    private readonly send: Send,
    /** Tells the names of this run from those of another. */
    run: string,
  ) {
    const tag = run.replace(QUOTED, "");
    const userName = `${MADE_UP.userName}${tag}@check.invalid`;
    this.variables = {
      run: tag,
      userName,
      userNameInCapitals: userName.toUpperCase(),
      otherUserName: `${MADE_UP.userName}${tag}-2@check.invalid`,
      unknownUserName: `${MADE_UP.userName}${tag}-unknown@check.invalid`,
      groupName: `${MADE_UP.displayName}${tag}`,
      newGroupName: `${MADE_UP.displayName}${tag} renamed`,
    };
  }

  /** Sends the request of a step and looks at the answer. Never throws. */
  async take(step: Step): Promise<StepReport> {
    const request = requestOf(this.profile, step, this.variables);
    const { title, expected } = step;
    const missing = missingIn([step.path, step.query, step.body, step.checks], this.variables);
    if (missing.length > 0) {
      const found = "Not tried: a step before did not bring what it needs.";
      return { title, request, answer: null, outcome: "skipped", expected, found, advice: null };
    }
    const answer = await this.send(request).catch(() => null);
    const checks = fill(step.checks, this.variables);
    const found = answer ? findProblem({ ...step, checks }, answer) : "Nothing answered.";
    if (answer) this.remember(step, request, answer);
    const outcome = found === null ? "passed" : "failed";
    const advice = found === null ? null : adviceFor(answer);
    return { title, request, answer, outcome, expected, found, advice };
  }

  private remember(step: Step, { method, path }: SentRequest, answer: Answer): void {
    const body = parsed(answer.text);
    const id = valueAt(body, "id");
    const collection = /^\/(Users|Groups)$/.exec(path)?.[0];
    if (method === "POST" && collection && answer.status === 201 && typeof id === "string") {
      this.made.push(`${collection}/${id}`);
    }
    if (method === "DELETE" && answer.status === 204) {
      this.made = this.made.filter((each) => each !== path);
    }
    for (const [name, place] of Object.entries(step.keep ?? {})) {
      const value = place.startsWith("header ")
        ? answer.headers[place.slice("header ".length)]
        : valueAt(body, place);
      if (typeof value === "string") this.variables = { ...this.variables, [name]: value };
    }
  }

  /** Deletes what the run made and did not delete itself. */
  async cleanUp(): Promise<StepReport[]> {
    const reports: StepReport[] = [];
    for (const path of [...this.made].reverse()) {
      const title = path.startsWith("/Users") ? "Removes the made-up person" : "Removes the group";
      const expected = "204, and it is gone.";
      reports.push(
        await this.take({ title, method: "DELETE", path, status: [204, 404], expected }),
      );
    }
    return reports;
  }
}
