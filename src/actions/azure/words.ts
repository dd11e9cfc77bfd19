/** Phrases that Azure's actions share. */
import type { ActionInput, Planned, Verified } from '../types.ts';

/** A plan for something that Azure does not know any more. */
export function gonePlan(input: ActionInput, what: string): Planned {
  return {
    input,
    calls: [],
    effect: `Nothing: ${what} is gone.`,
    refusal: `${what} is gone: Azure does not know it any more.`,
    before: {},
  };
}

export function goneNow(what: string): Verified {
  return { state: 'gone', outcome: 'elsewhere', said: `${what} is gone: somebody deleted it.` };
}

/** A date as Azure writes it; undefined when it is none. */
export function dateOf(text: string | undefined): Date | undefined {
  const date = text === undefined ? undefined : new Date(text);
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "a, b and c" */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
