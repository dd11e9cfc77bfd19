/** What the roles of clouds and clusters have in common: their name, their permissions, where they are granted. */
import type { ActionAccount } from '../core/action.ts';
import type { Need } from './permissions-needs.ts';

export const ROLE = 'Pennywatch actions';
export const WHAT = 'Stops, scales down and brings back what Pennywatch is asked to; nothing else.';

/** Each once, in order. */
export function permissionsOf(needs: readonly Need[]): string[] {
  return [...new Set(needs.map(({ permission }) => permission))].sort();
}

/** Projects or subscriptions of the settings, else the placeholder. */
export function named(accounts: readonly ActionAccount[], placeholder: string): string[] {
  const ids = [...new Set(accounts.map(({ account }) => account))].filter((id) => id !== '*');
  return ids.length === 0 ? [placeholder] : ids;
}

/** Says that a placeholder is one. */
export function placeholders(accounts: readonly ActionAccount[], what: string): string[] {
  return accounts.some(({ account }) => account !== '*')
    ? []
    : [`No entry under actions.accounts names a ${what}: put yours in its place.`];
}
