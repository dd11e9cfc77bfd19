/** What each resource is meant to be at the provider, and every time that changed: effects, however often they were asked for. */

import type { Thing } from '../../../src/sandbox/cloud/aws/sagemaker-state.ts';
import type { AwsState } from '../../../src/sandbox/cloud/aws/server.ts';

export interface Effect {
  /** Instance id, "group/NAME", "service/NAME", or the ARN of a job. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly operation: string;
}

export interface Ledger {
  readonly effects: Effect[];
  /** Writing requests that reached the provider, with an effect or without. */
  readonly asked: { readonly operation: string }[];
  meant(key: string): string;
  /** To be called around each writing request. */
  watch(operation: string, request: () => Promise<void>): Promise<void>;
}

export const NONE = 'none';

export function keepLedger(state: () => AwsState, things: ReadonlyMap<string, Thing>): Ledger {
  const effects: Effect[] = [];
  const asked: { operation: string }[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  const look = () => meanings(state(), things);
  return {
    effects,
    asked,
    meant: (key) => look().get(key) ?? NONE,
    watch(operation, request) {
      // One after the other: otherwise an effect could not be told from that of another request.
      const next = turn.then(async () => {
        const before = look();
        asked.push({ operation });
        try {
          await request();
        } finally {
          for (const [key, to] of look()) {
            const from = before.get(key) ?? NONE;
            if (from !== to) effects.push({ key, from, to, operation });
          }
        }
      });
      turn = next.catch(() => undefined);
      return next;
    },
  };
}

/** Not how far it is on its way: only what somebody asked for changes it. */
function meanings(state: AwsState, things: ReadonlyMap<string, Thing>): Map<string, string> {
  return new Map([
    ...state.instances.map(({ id, state }): [string, string] => [
      id,
      state === 'running' || state === 'pending' ? 'on' : 'off',
    ]),
    ...state.groups.map(({ name, min, max, desired }): [string, string] => [
      `group/${name}`,
      `${min} ${max} ${desired}`,
    ]),
    ...state.ecsServices.map(({ name, desired }): [string, string] => [`service/${name}`, `${desired}`]),
    ...[...things].map(([arn, { status }]): [string, string] => [
      arn,
      status === 'InProgress' ? 'on' : 'off',
    ]),
  ]);
}
