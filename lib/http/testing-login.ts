import { gateDoor } from "@/lib/gate/door";
import type { GateAnswer, GateQuestion } from "@/lib/gate/question";
import { TestBrowser } from "./testing-journey";

/** One browser on the team domain and on the hosts of applications, whose proxy asks the gate. */
export class PersonBrowser {
  readonly team = new TestBrowser();
  readonly hosts = new Map<string, Map<string, string>>();

  jar(host: string): Map<string, string> {
    const jar = this.hosts.get(host) ?? new Map<string, string>();
    this.hosts.set(host, jar);
    return jar;
  }

  cookie(host: string): string {
    return [...this.jar(host)].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  keep(host: string, cookies: readonly string[]): void {
    for (const line of cookies) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (/max-age=0/i.test(line)) this.jar(host).delete(pair.slice(0, at));
      else this.jar(host).set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  /** What the proxy of `host` hears from the gate. */
  async ask(
    host: string,
    target = "/",
    headers: Record<string, string> = {},
    over: Partial<GateQuestion> = {},
  ): Promise<GateAnswer> {
    const sent: Record<string, string> = { accept: "text/html", ...headers };
    const answer = await gateDoor().decide({
      frontEnd: "caddy",
      method: "GET",
      scheme: "http",
      host,
      target,
      ip: "198.51.100.7",
      country: null,
      cookie: this.cookie(host) || undefined,
      header: (name) => sent[name],
      rehearsal: false,
      ...over,
    });
    this.keep(host, [answer.headers["set-cookie"] ?? []].flat() as string[]);
    return answer;
  }

  /** A page of Gatehouse on the application's own host, as its proxy passes it on. */
  async visit(url: string): Promise<Response> {
    const { host } = new URL(url);
    const browser = new TestBrowser();
    for (const [name, value] of this.jar(host)) browser.jar.set(name, value);
    const response = await browser.open(url, { headers: { "x-forwarded-host": host } });
    this.keep(host, response.headers.getSetCookie());
    return response;
  }
}
