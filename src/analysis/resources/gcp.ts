/** Recognises ids of Google Cloud: full resource names, links of its APIs, and names without a host. */
import type { Recognised, ResourceHints } from '../../core/action.ts';
import { whyNotGcp } from './gcp-other.ts';

interface Named {
  /** "compute", "aiplatform"; undefined where the name has no host. */
  readonly service: string | undefined;
  /** "projects", "my-project", "zones", … */
  readonly path: readonly string[];
}

interface Kind {
  readonly kind: string;
  readonly service: string;
  /** Names of the parts that follow the words of a path, in its order. */
  readonly path: readonly (readonly [words: RegExp, part: string])[];
  /** Whether the path alone tells the service. */
  readonly plain: boolean;
  /** The last part's own form, beside that of every name. */
  readonly id?: RegExp;
}

const PROJECT = [/^projects$/, 'project'] as const;
const LOCATION = [/^locations$/, 'location'] as const;
const KINDS: readonly Kind[] = [
  {
    kind: 'gcp.compute.instance',
    service: 'compute',
    path: [PROJECT, [/^zones$/, 'zone'], [/^instances$/, 'instance']],
    plain: true,
  },
  {
    kind: 'gcp.vertex.custom-job',
    service: 'aiplatform',
    path: [PROJECT, LOCATION, [/^customJobs$/, 'job']],
    plain: true,
    id: /^\d+$/,
  },
  {
    kind: 'gcp.vertex.endpoint',
    service: 'aiplatform',
    path: [PROJECT, LOCATION, [/^endpoints$/, 'endpoint']],
    plain: true,
  },
  {
    kind: 'gcp.workbench.instance',
    service: 'notebooks',
    path: [PROJECT, LOCATION, [/^instances$/, 'instance']],
    plain: false,
  },
  {
    kind: 'gcp.gke.node-pool',
    service: 'container',
    path: [
      PROJECT,
      [/^(zones|locations)$/, 'location'],
      [/^clusters$/, 'cluster'],
      [/^nodePools$/, 'nodePool'],
    ],
    plain: true,
  },
];

/** What may stand in a path; it becomes part of the address of a request. */
const PART: Readonly<Record<string, RegExp>> = {
  project: /^(([a-z0-9][a-z0-9.-]*:)?[a-z][a-z0-9-]{2,60}|\d{1,20})$/,
  zone: /^[a-z][a-z0-9-]{0,60}$/,
  location: /^[a-z][a-z0-9-]{0,60}$/,
};
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,127}$/;
const ID = /^[a-z][a-z0-9.:-]*$/;
const OF_WORKBENCH = /notebook|workbench|vertex/i;

/** Undefined for an id that is not of Google Cloud. Source: cloud.google.com/asset-inventory/docs/asset-names. */
export function recogniseGcp(resourceId: string, hints: ResourceHints): Recognised | undefined {
  const named = readName(resourceId.trim());
  if (!named) return undefined;
  for (const kind of KINDS) {
    const parts = partsOf(kind, named, hints);
    if (!parts) continue;
    const account = accountOf(parts.project ?? '', hints);
    const last = parts[kind.path.at(-1)?.[1] ?? ''] ?? '';
    const place = parts.zone ?? parts.location ?? '';
    return {
      known: true,
      ref: {
        resourceId,
        provider: 'gcp',
        kind: kind.kind,
        name: nameOf(kind, parts, last, hints),
        account,
        region: regionOf(place),
        // Asked for under the very project that the allow-list is asked about.
        parts: { ...parts, project: account },
      },
    };
  }
  return { known: false, why: whyNotGcp(named.service, named.path, resourceId) };
}

function readName(id: string): Named | undefined {
  const full = /^(?:https?:)?\/\/([a-z0-9.-]+)\.googleapis\.com\/(.*)$/s.exec(id);
  if (full) {
    // The hosts of a region, and Compute's, whose paths begin with its name: www.googleapis.com/compute/v1/…
    const host = (full[1] ?? '').replace(/^[a-z]+-[a-z]+\d+-/, '');
    const [first = '', ...rest] = split(full[2] ?? '');
    const old = (host === 'www' || host === first) && /^[a-z]+$/.test(first) && /^v\d/.test(rest[0] ?? '');
    const path = old ? rest.slice(1) : [first, ...rest];
    return { service: old ? first : host, path: withoutVersion(path) };
  }
  const plain = /^\/?(?:(compute|container|aiplatform|notebooks)\/)?(?:v\d[a-z0-9]*\/)?(projects\/.+)$/s.exec(
    id,
  );
  return plain ? { service: plain[1], path: split(plain[2] ?? '') } : undefined;
}

function partsOf(kind: Kind, named: Named, hints: ResourceHints): Record<string, string> | undefined {
  const { service, path } = named;
  const ofService =
    service === undefined ? kind.plain || OF_WORKBENCH.test(hints.service ?? '') : service === kind.service;
  if (!ofService || path.length !== kind.path.length * 2) return undefined;
  const parts: Record<string, string> = {};
  for (const [index, [words, part]] of kind.path.entries()) {
    const value = path[index * 2 + 1] ?? '';
    if (!words.test(path[index * 2] ?? '') || !(PART[part] ?? NAME).test(value)) return undefined;
    parts[part] = value;
  }
  return kind.id && !kind.id.test(path.at(-1) ?? '') ? undefined : parts;
}

/** Bills often name the project by its number; its id, which allow-lists use, is the account of the charge. */
function accountOf(project: string, { account }: ResourceHints): string {
  return /^\d+$/.test(project) && account !== undefined && ID.test(account) ? account : project;
}

function nameOf(kind: Kind, parts: Record<string, string>, last: string, hints: ResourceHints): string {
  if (kind.kind === 'gcp.gke.node-pool') return `${parts.cluster}/${last}`;
  const said = hints.name?.trim() ?? '';
  return /^\d+$/.test(last) && said !== '' ? said : last;
}

/** "europe-west4" of "europe-west4-a" */
function regionOf(place: string): string {
  return /^([a-z]+-[a-z]+\d+)-[a-z]$/.exec(place)?.[1] ?? place;
}

function split(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function withoutVersion(path: readonly string[]): readonly string[] {
  return /^v\d/.test(path[0] ?? '') ? path.slice(1) : path;
}
