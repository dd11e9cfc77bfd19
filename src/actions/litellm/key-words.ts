/** How a key of LiteLLM is shown, and what its actions take. */
import * as z from 'zod';
import { capital } from '../sentence.ts';
import type { ActionInput, LiveResource, Planned } from '../types.ts';
import type { FoundKey } from './client.ts';

export const HASH = z.string().regex(/^[0-9a-f]{8,64}$/);

const Ref = z.custom<ActionInput['ref']>((value) => {
  const parts = (value as Partial<ActionInput['ref']> | null)?.parts ?? {};
  return [parts.hash, parts.start, parts.alias].some((part) => typeof part === 'string' && part !== '');
}, 'expected a key of LiteLLM: its hash or its alias');

/** The key, and what a person may choose. */
export function inputOf<P extends z.ZodType<Record<string, string>>>(parameters: P) {
  return z.object({ ref: Ref, parameters });
}

export function nameOf({ ref }: ActionInput): string {
  return `the key ${ref.name}`;
}

export function liveKey(key: FoundKey, now: number): LiveResource {
  const expired = key.expires !== undefined && key.expires.getTime() <= now;
  const details = [
    ['Alias', key.alias],
    ['Team', key.teamId],
    ['Spent', key.spend === undefined ? undefined : dollars(key.spend)],
    ['Budget', key.budget === null ? 'none' : `${dollars(key.budget)}${per(key.budgetDuration)}`],
    ['Expires', key.expires?.toISOString().slice(0, 10)],
  ] as const;
  return {
    state: key.blocked ? 'blocked' : expired ? 'expired' : 'active',
    ...(key.createdAt && { createdAt: key.createdAt }),
    tags: key.tags,
    details: details.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
  };
}

/** As the proxy counts: US dollars, with cents. */
export function dollars(amount: number): string {
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

export function per(duration: string | null): string {
  return duration === null ? ' in all' : ` per ${duration}`;
}

/** A plan for a key that cannot be acted on, and why. */
export function refused(input: ActionInput, refusal: string): Planned {
  return { input, calls: [], effect: `${capital(nameOf(input))} stays as it is.`, refusal, before: {} };
}
