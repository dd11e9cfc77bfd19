/** Every name people may say, with its other spellings: what plain sentences are read with. */
import { listAliases, listNames } from '../store/names.ts';
import { listTeams } from '../store/organisation.ts';
import type { Context } from './context.ts';
import type { Kind } from './find-name.ts';

export interface KnownName {
  readonly kind: Kind | 'organisation';
  /** As commands write it. */
  readonly name: string;
  /** How people may say it, the name itself included. */
  readonly spellings: readonly string[];
}

/** Vendors in front of a service's name, which people leave out: "SageMaker" for "Amazon SageMaker". */
const VENDOR = /^(?:amazon|aws|azure|microsoft|google cloud|google|gcp|oracle|ibm)\s+/i;

/** The organisation, and every model, team, service and feature that is configured or has cost. */
export async function knownNames({ store, settings }: Context): Promise<readonly KnownName[]> {
  const aliases = await listAliases(store);
  const titles = new Map((await listTeams(store)).map(({ name, title }) => [name, title]));
  const of = async (kind: Kind, also: (name: string) => readonly string[]): Promise<KnownName[]> =>
    (await listNames(store, kind)).map((name) => ({ kind, name, spellings: [name, ...also(name)] }));
  return [
    { kind: 'organisation', name: settings.organisation, spellings: [settings.organisation] },
    ...(await of('model', (name) => [...aliases].flatMap(([alias, model]) => (model === name ? alias : [])))),
    ...(await of('team', (name) => [titles.get(name) ?? name])),
    ...(await of('service', (name) => {
      const short = name.replace(VENDOR, '').trim();
      return short && short !== name ? [short] : [];
    })),
    ...(await of('feature', () => [])),
  ];
}
