/** Small phrases that several actions say. */
import type { ActionInput, Planned, Verified } from '../types.ts';

/** A plan for what does not exist any more. */
export function gonePlan(input: ActionInput, what: string): Planned {
  return {
    input,
    calls: [],
    effect: 'Nothing: it does not exist any more.',
    refusal: `${what} does not exist (any more) in the project ${input.ref.account}.`,
    before: {},
  };
}

export function goneNow(what: string): Verified {
  return { state: 'gone', outcome: 'elsewhere', said: `${what} does not exist any more.` };
}

/** "1 node", "3 nodes" */
export function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** The last part of a URL or a resource's name. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** "2 × nvidia-tesla-t4" */
export function times(number: string | number, what: string): string {
  return `${number} × ${lastPart(what)}`;
}
