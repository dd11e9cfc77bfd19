/** Which budgets lie within which: organisation ⊃ team ⊃ model ⊃ stage; what cuts across hangs beside them. */
import type { Scope } from '../../core/scope.ts';

/** What is known of where a scope belongs. */
export interface PlacedScope {
  readonly key: string;
  readonly scope: Scope;
  /** The team that answers for it. */
  readonly team?: string;
}

export interface ScopeNode {
  readonly key: string;
  readonly parent?: string;
  /** How many scopes with a budget are around it. */
  readonly depth: number;
  /** Its cost is a part of several others' (a service, an experiment …): never added up with theirs. */
  readonly across: boolean;
}

/**
 * The scopes as a tree, each before those within it, in the order given among equals. A scope's parent is the nearest
 * one around it that is listed: a stage's is its model, else the model's team, else the organisation.
 */
export function scopeTree(scopes: readonly PlacedScope[]): ScopeNode[] {
  const listed = new Set(scopes.map(({ key }) => key));
  const parents = new Map(
    scopes.map((one) => [one.key, around(one).find((key) => key !== one.key && listed.has(key))]),
  );
  const nodes: ScopeNode[] = [];
  const add = (parent: string | undefined, depth: number) => {
    const within = scopes.filter(({ key }) => parents.get(key) === parent);
    const inOrder = [...within.filter((one) => !isAcross(one)), ...within.filter(isAcross)];
    for (const one of inOrder) {
      nodes.push({ key: one.key, ...(parent && { parent }), depth, across: isAcross(one) });
      add(one.key, depth + 1);
    }
  };
  add(undefined, 0);
  return nodes;
}

/** The scopes around one, the nearest first. */
function around({ scope, team }: PlacedScope): string[] {
  const model = scope.kind === 'model' && scope.stage ? [`model:${scope.name}`] : [];
  const own = team !== undefined && scope.kind !== 'team' ? [`team:${team}`] : [];
  return scope.kind === 'org' ? [] : [...model, ...own, 'org'];
}

function isAcross({ scope }: PlacedScope): boolean {
  return scope.kind !== 'org' && scope.kind !== 'team' && scope.kind !== 'model';
}
