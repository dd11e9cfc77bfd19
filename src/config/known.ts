/** The teams and models of the file, found by any spelling that means them. */
import { type Scope, scopeKey } from '../core/scope.ts';
import { fold } from './closest.ts';
import type { Part } from './draft.ts';

/** Folded spelling → name as written in the file. */
export interface Known {
  readonly teams: ReadonlyMap<string, string>;
  readonly models: ReadonlyMap<string, string>;
}

export function knownNames(root: Part): Known {
  const teams = new Map<string, string>();
  const models = new Map<string, string>();
  for (const team of root.list('teams')) add(teams, team.said('name')?.text, team.said('name')?.text);
  // Names first: an alias never hides a model's own name.
  for (const model of root.list('models')) add(models, model.said('name')?.text, model.said('name')?.text);
  for (const model of root.list('models'))
    for (const alias of model.saidList('aliases')) add(models, alias.text, model.said('name')?.text);
  return { teams, models };
}

function add(names: Map<string, string>, spelling: string | undefined, name: string | undefined): void {
  if (spelling && name && !names.has(fold(spelling))) names.set(fold(spelling), name);
}

/** The scope with the team's or model's name as the file spells it. */
export function canonicalScope(scope: Scope, known: Known): Scope {
  if (scope.kind === 'team') return { ...scope, name: known.teams.get(fold(scope.name)) ?? scope.name };
  if (scope.kind === 'model') return { ...scope, name: known.models.get(fold(scope.name)) ?? scope.name };
  return scope;
}

export function canonicalScopeKey(scope: Scope, known: Known): string {
  return scopeKey(canonicalScope(scope, known));
}
