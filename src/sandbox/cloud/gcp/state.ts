/** What the stand-in knows at a moment: resources, and changes that are due later on the clock handed in. */
import type { StandInOptions } from '../types.ts';
import type { GcpResources, Json } from './types.ts';

export interface State {
  readonly now: () => number;
  readonly lag: number;
  /** Resources by their name, each as its API answers it. */
  readonly resources: Map<string, Json>;
  /** Long-running operations by name. */
  readonly operations: Map<string, Json>;
  /** Links of instances that cannot be started, and names of endpoints that cannot be deployed, for want of machines. */
  readonly scarce: Set<string>;
  /** Projects by number or id, in the one spelling under which things are kept. */
  project(idOrNumber: string): string;
  /** Carries out what has become due. */
  settle(): void;
  /** After the lag. */
  later(apply: () => void): void;
  nextId(): number;
}

export function createState({ now, lag }: StandInOptions, { projects = [] }: GcpResources): State {
  const due: { readonly at: number; readonly apply: () => void }[] = [];
  let ids = 0;
  return {
    now,
    lag,
    resources: new Map(),
    operations: new Map(),
    scarce: new Set(),
    project: (name) => projects.find(({ number }) => number === name)?.id ?? name,
    settle() {
      const ready = due.filter(({ at }) => at <= now());
      for (const one of ready) due.splice(due.indexOf(one), 1);
      for (const { apply } of ready) apply();
    },
    later(apply) {
      due.push({ at: now() + lag, apply });
    },
    nextId: () => ++ids,
  };
}

/** RFC 3339, as Google writes times. */
export function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Nineteen digits made of a name, the same at each start. */
export function digitsOf(name: string): string {
  let hash = 7n;
  for (const letter of name)
    hash = (hash * 131n + BigInt(letter.codePointAt(0) ?? 0)) % 9_000_000_000_000_000_000n;
  return String(hash + 1_000_000_000_000_000_000n);
}
