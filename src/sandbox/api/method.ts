/** The shape of a Web API method, and how its arguments are read. */
import { Refusal } from '../refusal.ts';
import type { WorkspaceState } from '../state.ts';

export type Arguments = Readonly<Record<string, unknown>>;

export interface Method {
  /** OAuth scope the token needs. */
  readonly scope?: string;
  /** Arguments that must be there and not empty. */
  readonly needs?: readonly string[];
  /** Gives the answer without its `ok`; throws Refusal. */
  run(state: WorkspaceState, args: Arguments): Record<string, unknown>;
}

/** The argument as text; empty when absent. */
export function textArgument(args: Arguments, name: string): string {
  const value = args[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Form posts send true as "true" or "1". */
export function flagArgument(args: Arguments, name: string): boolean {
  return ['true', '1'].includes(String(args[name]));
}

/** An object or list, which form posts carry as JSON. */
export function jsonArgument(args: Arguments, name: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Refusal('invalid_arguments', { problems: [`must be valid JSON [json-pointer:/${name}]`] });
  }
}

/** One page of a list, by Slack's cursor. */
export function paginate<T>(
  items: readonly T[],
  args: Arguments,
  fallbackLimit: number,
): { items: T[]; response_metadata: { next_cursor: string } } {
  const limit = Number(textArgument(args, 'limit')) || fallbackLimit;
  const start = Number(textArgument(args, 'cursor').replace('next:', '')) || 0;
  const end = start + limit;
  return {
    items: items.slice(start, end),
    response_metadata: { next_cursor: end < items.length ? `next:${end}` : '' },
  };
}
