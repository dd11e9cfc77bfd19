/** From words such as "bert", "team search" or "model:bert/training" to the scope they mean. */
import { foldKey } from '../analysis/allocate/fold.ts';
import { closestNames, exactName } from '../analysis/closest.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { experimentNames } from '../store/budget-usage.ts';
import { listAliases, listNames } from '../store/names.ts';
import { listTeams } from '../store/organisation.ts';
import type { Context } from './context.ts';
import { KINDS, type Kind } from './find-name.ts';

/** What words mean: one thing, one of several, or nothing known. */
export type Thing =
  | { readonly found: Scope }
  /** Several kinds have this name. */
  | { readonly found?: undefined; readonly either: readonly Scope[]; readonly close: readonly Scope[] };

export interface Things {
  /** `kind` restricts the search; words may also begin with it ("team search", "team:search"). */
  find(typed: string, kind?: Kind): Thing;
  /** The word that names a kind, also in the plural. */
  kindOf(word: string): Kind | undefined;
}

const STAGES = ['training', 'inference', 'data', 'other'];
const OFFERED = 4;

/** Reads every name once, so that many words can be looked up. */
export async function readThings({ store }: Context): Promise<Things> {
  const names = new Map<Kind, readonly string[]>();
  for (const kind of KINDS) names.set(kind, await listNames(store, kind));
  const teamTitles = (await listTeams(store)).map(({ name, title }) => [title, name] as const);
  const others = new Map<Kind, ReadonlyMap<string, string>>([
    ['model', await listAliases(store)],
    ['team', new Map(teamTitles)],
  ]);

  const providers = await listNames(store, 'provider');
  const experiments = await experimentNames(store);

  const exact = (kind: Kind, typed: string): Scope | undefined => {
    const name = exactName(typed, names.get(kind) ?? []);
    if (name !== undefined) return { kind, name };
    const spellings = others.get(kind) ?? new Map<string, string>();
    const alias = exactName(typed, spellings.keys());
    const meant = alias === undefined ? undefined : spellings.get(alias);
    if (meant !== undefined) return { kind, name: meant };
    return kind === 'model' ? stageOf(typed) : undefined;
  };
  const stageOf = (typed: string): Scope | undefined => {
    const slash = typed.lastIndexOf('/');
    const stage = typed.slice(slash + 1).toLowerCase();
    if (slash <= 0 || !STAGES.includes(stage)) return undefined;
    const model = exact('model', typed.slice(0, slash));
    return model?.kind === 'model' && !model.stage ? { ...model, stage } : undefined;
  };
  /** A service is also known by a part of its name that no other has: "sagemaker". */
  const servicePart = (typed: string): Scope | undefined => {
    const folded = foldKey(typed);
    const containing = (names.get('service') ?? []).filter((name) => foldKey(name).includes(folded));
    const [name] = containing;
    return folded.length >= 3 && name !== undefined && containing.length === 1
      ? { kind: 'service', name }
      : undefined;
  };
  const close = (kinds: readonly Kind[], typed: string): Scope[] =>
    kinds
      .flatMap((kind) => closestNames(typed, names.get(kind) ?? [], OFFERED).map((name) => ({ kind, name })))
      .slice(0, OFFERED);

  const find = (typed: string, kind?: Kind): Thing => {
    const words = typed.trim();
    if (kind === undefined && /^(org|organi[sz]ation|everything)$/i.test(words))
      return { found: { kind: 'org' } };
    const budgeted = kind === undefined ? otherScope(words, { providers, experiments }) : undefined;
    if (budgeted) return { found: budgeted };
    const said = /^(\p{L}+)(?::\s*|\s+)(.+)$/u.exec(words);
    const saidKind = said?.[1] === undefined ? undefined : kindOf(said[1]);
    const ofKind = saidKind && said?.[2] ? find(said[2], saidKind) : undefined;
    if (ofKind?.found) return ofKind;
    const kinds = kind ? [kind] : KINDS;
    const matching = kinds.flatMap((one) => exact(one, words) ?? []);
    const [only] = matching;
    if (only && matching.length === 1) return { found: only };
    // "team chat" names a kind first, unless something is called that.
    if (ofKind && matching.length === 0) return ofKind;
    const part = matching.length === 0 && kinds.includes('service') ? servicePart(words) : undefined;
    if (part) return { found: part };
    return { either: matching, close: matching.length > 0 ? [] : close(kinds, words) };
  };
  return { find, kindOf };
}

/**
 * Scopes that only budgets and owners are about: "provider:AWS", "environment:prod", "experiment:ablation-7" (which may
 * not have begun), "key:ci-bot" (known by its usage alone).
 */
function otherScope(
  words: string,
  { providers, experiments }: { providers: readonly string[]; experiments: readonly string[] },
): Scope | undefined {
  const [, kind, typed = ''] =
    /^(provider(?=:)|environment(?=:\s*\S+$)|experiment(?=:)|key(?=:)):\s*(.+)$/i.exec(words) ?? [];
  switch (kind?.toLowerCase()) {
    case 'environment':
      return { kind: 'environment', name: typed.toLowerCase() };
    case 'experiment':
      return { kind: 'experiment', name: exactName(typed, experiments) ?? typed };
    case 'key':
      return { kind: 'key', name: typed };
    case 'provider': {
      const name = exactName(typed, providers);
      return name === undefined ? undefined : { kind: 'provider', name };
    }
    default:
      return undefined;
  }
}

function kindOf(word: string): Kind | undefined {
  const singular = word.toLowerCase().replace(/s$/, '');
  return KINDS.find((kind) => kind === singular);
}

/** The things that may have been meant, as commands write them. */
export function offersOf(thing: Exclude<Thing, { found: Scope }>): readonly string[] {
  return [...thing.either, ...thing.close].map(scopeKey);
}
