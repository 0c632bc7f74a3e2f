/**
 * One value per PROCESS for a name, although modules are evaluated once in the front door's bundle
 * and again in Next's. Share plain data and instances whose methods are used; never `instanceof`.
 */
export function processState<T>(name: string, create: () => T): T {
  const key = Symbol.for(`gatehouse.${name}`);
  const holder = globalThis as { [key: symbol]: unknown };
  holder[key] ??= create();
  return holder[key] as T;
}
