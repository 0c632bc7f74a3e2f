/**
 * Runs before any module of a page. The policy forbids eval, so zod is told not to try it: even a
 * try is reported as a violation. (`z.config` would do the same, and put zod into every page.)
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
