import { ConfigPanel } from "@/components/applications/config-panel";
import { FactsCard } from "@/components/applications/facts-card";
import type { Choices } from "@/components/applications/form-context";
import { WhoGetsIn } from "@/components/applications/who-gets-in";
import { parseDestination } from "@/lib/applications/destination";
import type { Application } from "@/lib/applications/schema";
import type { FrontEndId } from "@/lib/gate/front-ends/schema";
import type { Viewer } from "@/lib/kit/actor";
import { env } from "@/lib/kit/env";
import { globalSession } from "@/lib/team/global-session/store";
import { installation } from "@/lib/team/store";

interface OverviewProps {
  viewer: Viewer;
  application: Application;
  choices: Choices;
  /** The proxy to begin with, as the address names it. */
  proxy: FrontEndId | undefined;
}

/** What an application's proxy, and the application itself, need to know. */
export async function Overview({ viewer, application, choices, proxy }: OverviewProps) {
  const [{ teamDomain, consoleUrl }, { countryHeader }] = await Promise.all([
    installation(),
    globalSession(viewer),
  ]);
  const { name, aud, destinations, settings } = application;
  const isHttps = consoleUrl.startsWith("https:");
  const isLocal = new URL(consoleUrl).hostname === "localhost";
  const host = parseDestination(destinations[0] ?? "")?.host ?? "app.example.com";
  return (
    <div className="my-5 grid grid-cols-1 gap-5 [&>*]:mt-0!">
      <WhoGetsIn application={application} choices={choices} />
      <FactsCard
        title="For the application"
        facts={[
          {
            id: "aud",
            label: "Application Audience (AUD) Tag",
            value: aud,
            help: "The aud of every token of this application. It never changes.",
          },
          {
            id: "header",
            label: "Header with the token",
            value: "Cf-Access-Jwt-Assertion",
            help: "Verify it: RS256, its iss is the team domain, its aud the tag above.",
          },
          { id: "certs", label: "Token keys (JWKS)", value: `${teamDomain}/cdn-cgi/access/certs` },
          {
            id: "identity",
            label: "Who is signed in",
            value: `${new URL(consoleUrl).protocol}//${host}/cdn-cgi/access/get-identity`,
            help: "JSON with email, groups and custom claims, for scripts of the application.",
          },
          {
            id: "login-url",
            label: "Access login URL",
            value: `${teamDomain}/cdn-cgi/access/login/${host}?kid=${aud}`,
          },
        ]}
      />
      <ConfigPanel
        key={proxy}
        {...(proxy && { initial: proxy })}
        settings={{
          application: {
            name,
            aud,
            destinations,
            serviceTokenHeader: settings.read_service_tokens_from_header,
          },
          // What makes it https is a proxy, through which no other proxy may ask. And "localhost" is
          // two addresses, of which Gatehouse listens on one.
          gateUrl: isHttps || isLocal ? `http://127.0.0.1:${env().port}` : consoleUrl,
          teamDomain,
          upstream: "http://127.0.0.1:8080",
          https: isHttps,
          countryHeader,
        }}
      />
    </div>
  );
}
