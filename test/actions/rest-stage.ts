/** What actions at REST stand-ins may use of the outside, for tests: a clock in our hands, hardly any waiting. */
import type { ActionAccess, ActionInput } from '../../src/actions/types.ts';
import { recognise } from '../../src/analysis/resources/recognise.ts';
import type { ActionAccount, ResourceHints } from '../../src/core/action.ts';
import type { StandIn } from '../../src/sandbox/cloud/types.ts';

export const START = Date.parse('2026-11-20T09:00:00Z');
export const LAG = 60_000;

export interface Clock {
  now(): number;
  pass(ms: number): void;
}

export function createClock(): Clock {
  let now = START;
  return {
    now: () => now,
    pass(ms) {
      now += ms;
    },
  };
}

export interface Line {
  readonly message: string;
  readonly facts: unknown;
}

export interface RestAccess extends ActionAccess {
  readonly lines: Line[];
}

export function restAccess(
  connection: Pick<ActionAccount, 'provider'> & Partial<ActionAccount>,
  variables: Readonly<Record<string, string>>,
  clock: Clock = createClock(),
): RestAccess {
  const lines: Line[] = [];
  let drawn = 0;
  return {
    connection: { account: '*', regions: [], namespaces: [], match: [], ...connection },
    variable: (name) => variables[name],
    now: clock.now,
    signal: new AbortController().signal,
    pace: 0.001,
    random: () => (drawn++ % 10) / 10,
    log: (message, facts) => void lines.push({ message, facts }),
    lines,
  };
}

/** The input that the engine would make of this id. */
export function inputFor(
  resourceId: string,
  parameters: Readonly<Record<string, string>> = {},
  hints: ResourceHints = {},
): ActionInput {
  const recognised = recognise(resourceId, hints);
  if (!recognised.known) throw new Error(recognised.why);
  return { ref: recognised.ref, parameters };
}

export interface RestStage<Cloud extends StandIn> {
  readonly access: RestAccess;
  readonly input: ActionInput;
  readonly cloud: Cloud;
  settle(): void;
}
