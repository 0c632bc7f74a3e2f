import pg from "pg";

/** What the global set-up hands to the test files. Plain data: it crosses to the workers. */
export interface TestServer {
  /** May create databases. */
  admin: pg.ClientConfig;
  /** The role that the application has. */
  app: pg.ClientConfig;
  owner: string;
  template: string;
}

/** The same server, another database. */
export function onDatabase(config: pg.ClientConfig, database: string): pg.ClientConfig {
  if (!config.connectionString) return { ...config, database };
  const url = new URL(config.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}

export async function runOn(config: pg.ClientConfig, ...statements: string[]): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
