// The npm package scimmy behind node:http with everything in memory: what SCIM costs without a
// database, without effects and without a log. In JavaScript, for nothing else needs its types.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import SCIMMY from "scimmy";

const kinds = { Users: SCIMMY.Resources.User, Groups: SCIMMY.Resources.Group };
const stores = { Users: new Map(), Groups: new Map() };

for (const [name, Resource] of Object.entries(kinds)) {
  const store = stores[name];
  SCIMMY.Resources.declare(Resource)
    .ingress((resource, data) => {
      const id = resource.id ?? randomUUID();
      const now = new Date();
      const created = store.get(id)?.meta.created ?? now;
      const kept = {
        ...JSON.parse(JSON.stringify(data)),
        id,
        meta: { created, lastModified: now },
      };
      store.set(id, kept);
      return kept;
    })
    .egress((resource) => {
      if (resource.id) {
        const found = store.get(resource.id);
        if (!found) throw new SCIMMY.Types.Error(404, null, "not found");
        return found;
      }
      const all = [...store.values()];
      return resource.filter ? resource.filter.match(all) : all;
    })
    .degress((resource) => {
      store.delete(resource.id);
    });
}

async function answer({ method, url = "/" }, body) {
  const { pathname, searchParams } = new URL(url, "http://scimmy");
  const [, name = "", id] = pathname.split("/");
  // So many at once, past the protocol: 100,000 are to be there before the measuring begins.
  if (name === "seed") return [200, seed(body)];
  const Resource = kinds[name];
  const resource = id ? new Resource(id) : new Resource(Object.fromEntries(searchParams));
  if (method === "GET") return [200, await resource.read()];
  if (method === "POST") return [201, await resource.write(body)];
  if (method === "PUT") return [200, await resource.write(body)];
  if (method === "PATCH") return [200, await resource.patch(body)];
  await resource.dispose();
  return [204, null];
}

/** People, and a group of the first of them. */
function seed({ users, members }) {
  const meta = { created: new Date(), lastModified: new Date() };
  stores.Users.clear();
  for (let at = 0; at < users; at += 1) {
    const userName = `p${at}@bench.test`;
    const emails = [{ value: userName, type: "work", primary: true }];
    const id = `u${at}`;
    stores.Users.set(id, { id, userName, externalId: `e${at}`, active: true, emails, meta });
  }
  const list = Array.from({ length: members }, (_, at) => ({ value: `u${at}`, type: "User" }));
  stores.Groups.set("g", { id: "g", displayName: "Group", members: list, meta });
  return { ok: true };
}

const server = createServer(async (req, res) => {
  try {
    if (req.url === "/") return void res.end("{}");
    const chunks = [];
    for await (const chunk of req) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const [status, body] = await answer(req, text ? JSON.parse(text) : undefined);
    res.writeHead(status, { "content-type": "application/scim+json" });
    res.end(body === null || body === undefined ? undefined : JSON.stringify(body));
  } catch (error) {
    res.writeHead(Number(error.status) || 500).end(JSON.stringify({ detail: String(error) }));
  }
});
server.listen(Number(process.env.PORT));
