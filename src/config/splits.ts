/** Checks splits: a pool, exactly one kind of recipient, names that exist, and what each way of sharing needs. */
import { closest, fold } from './closest.ts';
import type { Part, Said } from './draft.ts';
import type { Known } from './known.ts';
import { found, mismatch, type Step } from './problem.ts';
import { type Place, repeated } from './repeated.ts';
import type { Finding } from './shape.ts';

const KINDS = ['team', 'model'] as const;
type Kind = (typeof KINDS)[number];

export function checkSplits(root: Part, known: Known, place: Place): Finding[] {
  const splits = root.part('allocation').list('splits');
  return [
    ...repeated(
      splits.flatMap((split) => split.said('name') ?? []),
      'split',
      place,
    ),
    ...splits.flatMap((split) => [
      ...checkPool(split),
      ...checkAmong(split, known),
      ...checkBy(split, known),
    ]),
  ];
}

/** Without a condition everything would be shared, and nothing would be left to share it by. */
function checkPool(split: Part): Finding[] {
  const from = split.part('from');
  if (!isMapping(split.raw('from')) || from.keys().some((key) => isGiven(from.raw(key)))) return [];
  return [
    {
      path: from.path,
      message: 'found no condition, expected at least one, for example service: Amazon Elastic Kubernetes*',
    },
  ];
}

function checkAmong(split: Part, known: Known): Finding[] {
  const among = split.part('among');
  if (!isMapping(split.raw('among'))) return [];
  const given = KINDS.filter((kind) => isGiven(among.raw(kind)));
  const [kind] = given;
  if (given.length > 1)
    return [{ path: [...among.path, 'model'], message: 'found team and model, expected only one of them' }];
  if (kind === undefined)
    return [
      {
        path: among.path,
        message: 'found neither team nor model, expected one of them, for example team: [search, growth]',
      },
    ];
  return [...unknownNames(among.saidList(kind), kind, known), ...twice(among.saidList(kind), kind, known)];
}

function checkBy(split: Part, known: Known): Finding[] {
  const by = split.said('by')?.text;
  if (by === undefined) return [];
  return [
    ...(by === 'shares' ? checkShares(split, known) : misplaced(split, 'shares', by)),
    ...(by === 'usage' ? checkMetric(split) : misplaced(split, 'metric', by)),
  ];
}

function misplaced(split: Part, key: 'shares' | 'metric', by: string): Finding[] {
  if (!isGiven(split.raw(key))) return [];
  const needed = key === 'shares' ? 'shares' : 'usage';
  return [
    {
      path: [...split.path, key],
      message: `found ${key} beside by: ${by}, expected it only with by: ${needed}`,
    },
  ];
}

function checkMetric(split: Part): Finding[] {
  const path = [...split.path, 'metric'];
  if (!isGiven(split.raw('metric')))
    return [
      { path, message: 'found nothing, expected a metric with by: usage, for example metric: requests' },
    ];
  if (split.said('metric')?.text !== 'quality') return [];
  return [{ path, message: 'found "quality", expected a metric that adds up, for example requests' }];
}

/** Every recipient has a share, and nobody else. */
function checkShares(split: Part, known: Known): Finding[] {
  const among = split.part('among');
  const shares = split.part('shares');
  const kind = KINDS.find((one) => isGiven(among.raw(one)));
  if (kind === undefined) return [];
  if (!isGiven(split.raw('shares')))
    return [
      {
        path: shares.path,
        message: 'found nothing, expected shares with by: shares, for example { search: "60", growth: "40" }',
      },
    ];
  const named = among.saidList(kind);
  if (named.length === 0)
    return [
      {
        path: [...among.path, kind],
        message: `found no names, expected the ${kind}s that shares are for: only named ones can have fixed shares`,
      },
    ];
  const names = new Set(named.map((said) => meaning(said.text, kind, known)));
  const shared = shares.keys().map((key) => ({ text: key, path: [...shares.path, key] }));
  const having = new Set(shared.map((said) => meaning(said.text, kind, known)));
  const nobody = shared.filter((said) => !names.has(meaning(said.text, kind, known)));
  const missing = named.filter((said) => !having.has(meaning(said.text, kind, known)));
  return [
    ...nobody.map((said) => ({
      path: said.path,
      message: mismatch(
        said.text,
        `one of the ${kind}s in among.${kind}`,
        closest(
          said.text,
          named.map(({ text }) => text),
        ),
      ),
    })),
    ...missing.map((said) => ({
      path: said.path,
      message: `found ${found(said.text)}, which has no share, expected one in shares for every ${kind}`,
    })),
    ...twice(shared, kind, known),
  ];
}

function unknownNames(named: readonly Said[], kind: Kind, known: Known): Finding[] {
  const names = namesOf(kind, known);
  return named
    .filter((said) => !names.has(fold(said.text)))
    .map((said) => ({
      path: said.path,
      message: mismatch(
        said.text,
        `the name of a ${kind} in ${kind}s`,
        closest(said.text, [...new Set(names.values())]),
      ),
    }));
}

function twice(named: readonly Said[], kind: Kind, known: Known): Finding[] {
  const seen = new Map<string, readonly Step[]>();
  return named.flatMap((said) => {
    const name = meaning(said.text, kind, known);
    const before = seen.has(name);
    seen.set(name, said.path);
    return before
      ? [{ path: said.path, message: `found ${found(said.text)} a second time, expected each ${kind} once` }]
      : [];
  });
}

function meaning(text: string, kind: Kind, known: Known): string {
  return namesOf(kind, known).get(fold(text)) ?? fold(text);
}

function namesOf(kind: Kind, known: Known): ReadonlyMap<string, string> {
  return kind === 'team' ? known.teams : known.models;
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
