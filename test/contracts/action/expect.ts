/** What the contract of actions expects of outcomes, errors and calls. */
import { expect } from 'vitest';
import type { Planned, Verified } from '../../../src/actions/types.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Call } from '../../../src/sandbox/cloud/types.ts';
import type { ActionTrial } from './types.ts';

/** A whole sentence, whatever it begins with: names of resources keep their case. */
export const SENTENCE = /^\S.{8,}[.!]$/s;

/** As it comes back from the store: plain JSON, and what was shown of the live resource is not to be relied upon. */
export function stored({ live: _, ...planned }: Planned): Planned {
  return JSON.parse(JSON.stringify(planned));
}

export async function expectOutcome(
  looking: Promise<Verified>,
  outcomes: readonly Verified['outcome'][],
): Promise<void> {
  const verified = await looking;
  expect(outcomes, verified.said).toContain(verified.outcome);
  expect(verified.state).not.toBe('');
  expect(verified.said).toMatch(SENTENCE);
}

export async function refusalOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error;
  expect(error.message).toMatch(SENTENCE);
  return error;
}

export function expectNamed(error: AppError, permissions: readonly string[]): void {
  const words = `${error.message} ${error.hint ?? ''}`;
  expect(
    permissions.filter((permission) => words.includes(permission)),
    words,
  ).not.toEqual([]);
}

export function expectDeclared(
  calls: readonly Call[],
  trial: Pick<ActionTrial, 'permissionOf'>,
  declared: readonly string[],
): void {
  const missing = calls.filter((call) => {
    const needs = trial.permissionOf?.(call);
    if (needs === undefined)
      return !declared.some(
        (one) =>
          one.endsWith(`:${call.operation}`) || one.endsWith(`.${call.operation}`) || one === call.operation,
      );
    return ![needs].flat().every((need) => declared.includes(need));
  });
  expect(missing.map(({ operation }) => operation)).toEqual([]);
}
