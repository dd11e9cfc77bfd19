/** The stand-in of a source, found by its name: <kind>.ts beside this file exports one function start…. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StandIn } from './server.ts';

export type StartStandIn = (options?: { readonly port?: number }) => Promise<StandIn>;

/** Throws when there is none. */
export async function findStandIn(kind: string): Promise<StartStandIn> {
  const path = join(import.meta.dirname, `${kind}.ts`);
  if (!/^[a-z0-9-]+$/.test(kind) || !existsSync(path)) throw new Error(`There is no stand-in for "${kind}".`);
  const module: Readonly<Record<string, unknown>> = await import(path);
  const start = Object.entries(module).find(
    ([name]) => `start${kind.replaceAll('-', '')}` === name.toLowerCase(),
  );
  if (typeof start?.[1] !== 'function') throw new Error(`${kind}.ts does not export its start function.`);
  return start[1] as StartStandIn;
}
