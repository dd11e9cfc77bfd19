/** Words of the sample organisation: what it runs, what is billed, and what it hands to the demo. */

import type { Day } from '../../core/day.ts';
import type { ChargeCategory } from '../../core/dimension.ts';
import type { SourceName } from './meter.ts';
import type { MeterId } from './meters.ts';

export type { SourceName };
export type Stage = 'training' | 'inference' | 'data' | 'other';
export type Environment = 'prod' | 'staging' | 'dev';

/** How a use varies from day to day; see shapes.ts. */
export type Shape = 'traffic' | 'steady' | 'nightly' | 'retrain' | 'burst' | 'weekly';

/** `rule`: no team or model tag, an allocation rule claims it. `shared`: tagged shared=true. `none`: nobody knows. */
export type Tagging = 'full' | 'legacy' | 'rule' | 'shared' | 'none';

/** One thing that recurs on the bill: a meter used by a named resource. */
export interface Use {
  readonly meter: MeterId;
  /** Short name; the provider's row builder makes an ARN or a full resource name of it. */
  readonly resource: string;
  readonly stage: Stage;
  readonly environment: Environment;
  readonly shape: Shape;
  /** Usual amount a month at the end of the history: list cost in the source's currency, or pricing units. */
  readonly monthly: { readonly cost: number } | { readonly units: number };
  readonly tagging: Tagging;
  readonly tags?: Readonly<Record<string, string>>;
  readonly region?: string;
  /** Retrains a month (shape `retrain`). */
  readonly perMonth?: number;
  /** A pool of that many machines, each with a resource and a row of its own. */
  readonly instances?: number;
  /** Billed only from / until that many days before today. */
  readonly from?: number;
  readonly until?: number;
}

export interface ModelSeed {
  readonly name: string;
  readonly title: string;
  readonly team: string;
  /** Key of a person in people.ts. */
  readonly owner: string;
  readonly aliases?: readonly string[];
  /** Growth a month, as a share of today's size; default 0.045. */
  readonly growth?: number;
  /** Resources carry a calendar version (model-version tag). */
  readonly versioned?: boolean;
  /** Started or stopped that many days before today. */
  readonly launched?: number;
  readonly retired?: number;
  readonly uses: readonly Use[];
}

/** A use with everything about it decided, ready to be billed. */
export interface Line {
  readonly key: string;
  readonly use: Use;
  readonly growth: number;
  readonly versioned: boolean;
  /** What tags and rules say; undefined where nobody can know. */
  readonly team: string | undefined;
  readonly model: string | undefined;
}

/** One charge, still as integers: amounts in 1e-10 of the currency, quantity in 1e-6 pricing units. */
export interface Entry {
  readonly line: Line;
  readonly category: ChargeCategory;
  readonly correction: boolean;
  readonly start: Day;
  /** Exclusive. */
  readonly end: Day;
  /** Hour of `start` at which a charge of the newest, partial day ends instead. */
  readonly untilHour?: number;
  /** First day of the billing period. */
  readonly period: Day;
  readonly description: string;
  readonly resource: string;
  readonly quantity: bigint | undefined;
  readonly list: bigint;
  readonly contracted: bigint;
  readonly billed: bigint;
  readonly effective: bigint;
  readonly commitment?: 'Used' | 'Unused' | 'Purchase';
}

/** One row of a FOCUS file; a column that is absent is NULL. */
export type FocusRow = Readonly<Record<string, string | undefined>>;

/** Exact decimal strings per ISO currency. */
export type Amounts = Readonly<Record<string, string>>;

/** Which charges an incident is visible in. */
export interface IncidentScope {
  readonly model: string;
  readonly stage: Stage;
  readonly service?: string;
}

export interface PlantedIncident {
  readonly id: string;
  readonly cause: string;
  readonly source: SourceName;
  readonly team: string;
  readonly scope: IncidentScope;
  readonly resourceId: string;
  /** First and last day, both included; open ones end on the source's last complete day. */
  readonly day: Day;
  readonly endDay: Day;
  readonly open: boolean;
  readonly currency: string;
  /** Mean EffectiveCost a day of the scope: in the 28 days before, and from `day` to `endDay`. */
  readonly expectedPerDay: string;
  readonly actualPerDay: string;
}

export interface SourceTruth {
  readonly currency: string;
  readonly rows: number;
  readonly effectiveCost: string;
  readonly billedCost: string;
  /** Last day whose data is all there, and the day that is only partly there. */
  readonly completeUntil: Day;
  readonly partialDay: Day | undefined;
}

export interface Truth {
  readonly start: Day;
  readonly end: Day;
  readonly sources: Readonly<Record<SourceName, SourceTruth>>;
  /** EffectiveCost per month of the charge ('2026-10') and currency. */
  readonly months: Readonly<Record<string, Amounts>>;
  /** EffectiveCost per model as tags and rules tell it; charges of no model are not in here. */
  readonly models: Readonly<Record<string, Amounts>>;
  /** EffectiveCost of usage that neither a tag nor a rule gives to a team. */
  readonly unclaimed: Amounts;
  /** EffectiveCost that each split of the config takes from team platform and gives to the others. */
  readonly pools: Readonly<Record<string, Amounts>>;
  readonly incidents: readonly PlantedIncident[];
}

export interface WorkspacePerson {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly colour: string;
}

/** What the local Slack workspace is filled with. */
export interface WorkspaceSeed {
  readonly teamId: string;
  readonly teamName: string;
  readonly botUserId: string;
  readonly botName: string;
  readonly people: readonly WorkspacePerson[];
  readonly channels: readonly {
    readonly id: string;
    readonly name: string;
    readonly topic: string;
    readonly memberIds: readonly string[];
  }[];
  readonly usergroups: readonly {
    readonly id: string;
    readonly handle: string;
    readonly members: readonly string[];
  }[];
  readonly commands: readonly {
    readonly command: string;
    readonly description: string;
    readonly usageHint: string;
    readonly examples?: readonly string[];
  }[];
}

/** A usage source and its files, which belong in one import. */
export interface UsageFiles {
  readonly name: string;
  readonly files: readonly string[];
}

export interface SampleOrg {
  readonly configPath: string;
  readonly sources: readonly { readonly name: SourceName; readonly files: readonly string[] }[];
  readonly usageFiles: readonly UsageFiles[];
  readonly truth: Truth;
  readonly workspace: WorkspaceSeed;
}
