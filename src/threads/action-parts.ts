/** What acting needs of the concrete parts: the registered actions, the environment, who is alive. */
import { setTimeout as sleep } from 'node:timers/promises';
import { actions } from '../actions/registry.ts';
import { readVariable } from '../config.ts';
import type { Logger } from '../core/log.ts';
import type { ActionParts } from '../flows/proposals/types.ts';
import { CLAIMANT, isAlive } from './poll-parts.ts';

/** `variables` stand in front of the environment. */
export function createActionParts(
  {
    now,
    log,
    variables = {},
  }: {
    readonly now: () => number;
    readonly log: Logger;
    readonly variables?: Readonly<Record<string, string>>;
  },
  changed: Partial<ActionParts> & { readonly pace?: number } = {},
): ActionParts {
  const { pace = 1, ...parts } = changed;
  return {
    actions,
    access: (connection, signal) => ({
      connection,
      variable: (name) => variables[name] ?? readVariable(name),
      now,
      signal,
      pace,
      random: Math.random,
      log: (message, facts) => log.info({ ...facts }, message),
    }),
    owner: CLAIMANT,
    isAlive,
    wait: (milliseconds) => sleep(milliseconds * pace),
    ...parts,
  };
}
