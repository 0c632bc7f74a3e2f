import type { Adapter, AdapterPayload } from "oidc-provider";

const MOST_ENTRIES = 5000;

/** Storage for oidc-provider that lives as long as the process. The oldest entries go first. */
export function memoryAdapter(): (model: string) => Adapter {
  const entries = new Map<string, { payload: AdapterPayload; expires: number }>();

  return (model) => {
    const find = (id: string): AdapterPayload | undefined => {
      const entry = entries.get(`${model}:${id}`);
      return entry && entry.expires > Date.now() ? entry.payload : undefined;
    };
    const findBy = (key: "uid" | "userCode", value: string): AdapterPayload | undefined => {
      for (const [id, { payload, expires }] of entries) {
        if (id.startsWith(`${model}:`) && payload[key] === value && expires > Date.now()) {
          return payload;
        }
      }
      return undefined;
    };
    return {
      async upsert(id, payload, expiresIn) {
        const expires = expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY;
        entries.set(`${model}:${id}`, { payload, expires });
        const [oldest] = entries.keys();
        if (entries.size > MOST_ENTRIES && oldest) entries.delete(oldest);
      },
      find: async (id) => find(id),
      findByUid: async (uid) => findBy("uid", uid),
      findByUserCode: async (userCode) => findBy("userCode", userCode),
      async consume(id) {
        const payload = find(id);
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        entries.delete(`${model}:${id}`);
      },
      async revokeByGrantId(grantId) {
        for (const [id, { payload }] of entries) {
          if (payload.grantId === grantId) entries.delete(id);
        }
      },
    };
  };
}
