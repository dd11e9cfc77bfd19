/** What acting at a provider needs, gathered from the registry of actions. */

import type { PermissionNeed, ProviderAction } from '../actions/types.ts';
import type { ActionProvider } from '../core/action.ts';

/** One permission, once per way it is used. */
export interface Need {
  readonly permission: string;
  readonly for: PermissionNeed['for'];
  /** Ids of the actions that need it. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly byTag: boolean;
}

export interface GrantDocument {
  readonly title: string;
  readonly language: 'json' | 'yaml' | 'sh' | 'text';
  readonly text: string;
}

/** What to set up for one provider; the first document is what gets printed alone. */
export interface Grant {
  readonly provider: ActionProvider;
  readonly title: string;
  readonly documents: readonly GrantDocument[];
  readonly notes: readonly string[];
}

/**
 * Permissions of a provider's actions in the order of the registry, reading first. A permission that run and undo both
 * need counts for run alone.
 */
export function needsOf(
  actions: readonly ProviderAction[],
  provider: ActionProvider,
  options: { readonly undo: boolean },
): Need[] {
  const order = ['plan', 'run', 'undo'] as const;
  const needs = new Map<string, Need>();
  for (const stage of order) {
    if (stage === 'undo' && !options.undo) continue;
    for (const { id, about } of actions) {
      if (about.provider !== provider) continue;
      for (const one of about.permissions.filter((need) => need.for === stage)) add(needs, id, one);
    }
  }
  return [...needs.values()];
}

function add(needs: Map<string, Need>, id: string, one: PermissionNeed): void {
  const stage = one.for === 'undo' && needs.has(keyOf({ ...one, for: 'run' })) ? 'run' : one.for;
  const key = keyOf({ ...one, for: stage });
  const known = needs.get(key);
  needs.set(key, {
    permission: one.permission,
    for: stage,
    actions: [...new Set([...(known?.actions ?? []), id])],
    resources: [...new Set([...(known?.resources ?? []), ...(one.resources ?? [])])],
    byTag: one.byTag ?? false,
  });
}

/** What can be narrowed by a tag and what cannot are granted apart. */
function keyOf({ permission, byTag, resources, ...need }: PermissionNeed): string {
  return JSON.stringify([permission, need.for, byTag ?? false, resources === undefined]);
}
