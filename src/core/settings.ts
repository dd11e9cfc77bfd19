/** What pennywatch.yaml says, checked and frozen. `config/` makes it; everybody else reads it. */
import type { ActionSettings, IntegrationSettings, RoleSettings } from './action.ts';
import type { AnomalySettings, BudgetAlertSettings, SloSettings } from './analysis-settings.ts';
import type { BudgetMetric, BudgetPeriod } from './budget.ts';
import type { WeekStart } from './day.ts';
import { type Allocation, DIMENSIONS, type Dimension } from './dimension.ts';
import type { Scope } from './scope.ts';
import type { UsageMetric } from './usage.ts';

export interface Settings {
  readonly organisation: string;
  /** IANA name, e.g. "Europe/Berlin". */
  readonly timeZone: string;
  readonly weekStart: WeekStart;
  /** Currency that answers are given in unless asked otherwise. */
  readonly currency: string;
  readonly fx: readonly FxRate[];
  readonly dimensions: readonly DimensionTags[];
  readonly teams: readonly TeamSettings[];
  readonly models: readonly ModelSettings[];
  readonly budgets: readonly BudgetSettings[];
  readonly rules: readonly AllocationRule[];
  readonly splits: readonly SplitSettings[];
  readonly reports: ReportSettings;
  /** E-mails of people who may change every team's budgets, owners and subscriptions in chat. */
  readonly admins: readonly string[];
  readonly storage: StorageSettings;
  readonly sources: readonly SourceSettings[];
  /** Prices that stand in front of the ones that come with the program. */
  readonly prices: readonly TokenPrice[];
  readonly anomalies: AnomalySettings;
  readonly budgetAlerts: BudgetAlertSettings;
  readonly slos: readonly SloSettings[];
  readonly actions: ActionSettings;
  /** Beside the roles that follow from teams. */
  readonly roles: readonly RoleSettings[];
  readonly integrations: IntegrationSettings;
}

/** A live billing source. Defaults of its kind are filled in. */
export interface SourceSettings {
  /** Name its charges are filed under. */
  readonly name: string;
  /** Id of the source, e.g. "aws-cost-explorer". */
  readonly kind: string;
  /** Cron expression of five fields, in UTC. */
  readonly schedule: string;
  readonly historyMonths: number;
  readonly trailingDays: number;
  readonly lagDays: number;
  /** Requests per UTC day; absent: no limit. */
  readonly requestsPerDay?: number;
  /** The source's own settings, as written. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** List price of a language model's tokens, per million, decimal texts. Absent: not known (or the same as uncached). */
export interface TokenPrice {
  /** Vendor as in MeteredUsage.provider: "OpenAI". */
  readonly provider: string;
  /** The vendor's name of the model; * stands for any text. The longest match decides. */
  readonly model: string;
  readonly currency: string;
  /** First day it holds. */
  readonly from: string;
  readonly input: string;
  readonly cachedInput?: string;
  readonly cacheWrite?: string;
  readonly cacheWrite1h?: string;
  readonly output?: string;
  /** What a batch request costs of the above, e.g. "0.5". */
  readonly batchFactor?: string;
}

/** 1 unit of `from` costs `rate` units of `to` on `date` and until the next dated rate. */
export interface FxRate {
  readonly date: string;
  readonly from: string;
  readonly to: string;
  /** Decimal text, exact. */
  readonly rate: string;
}

export interface DimensionTags {
  readonly dimension: Dimension;
  /** Tag keys that carry it; the first that is present decides. Case, spaces, "-" and "_" do not matter. */
  readonly tags: readonly string[];
  /** Canonical value → other spellings of it. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

export interface MemberSettings {
  readonly name: string;
  readonly email: string;
  /** Slack user id. */
  readonly slack?: string;
  /** Object id in Microsoft Entra ID (Azure AD): who somebody is in Teams. Lower case. */
  readonly teams?: string;
}

/** Chat platforms that the file knows ids of. */
export const CHAT_PLATFORMS = ['slack', 'teams'] as const;
export type ChatPlatformId = (typeof CHAT_PLATFORMS)[number];

export interface TeamSettings {
  readonly name: string;
  readonly title: string;
  /** E-mail of a member. */
  readonly owner?: string;
  readonly members: readonly MemberSettings[];
  readonly channel: Readonly<Partial<Record<ChatPlatformId, string>>>;
  /** The one platform that gets what Pennywatch posts to the team by itself; absent: each with a channel does. */
  readonly home?: ChatPlatformId;
  readonly costCenter?: string;
  readonly timeZone?: string;
}

export interface ModelSettings {
  readonly name: string;
  readonly title: string;
  readonly team?: string;
  /** E-mail of a member, or a user group "@handle". */
  readonly owner?: string;
  readonly aliases: readonly string[];
}

export interface BudgetSettings {
  readonly scope: Scope;
  /** What is counted; absent: money. */
  readonly metric?: BudgetMetric;
  /** Micros of the currency, or micro-units of the metric. */
  readonly amountMicros: bigint;
  /** Empty where usage is counted. */
  readonly currency: string;
  readonly period: BudgetPeriod;
  /** First and last day of a fixed cap; without a last day it holds until it is removed. */
  readonly startDay?: string;
  readonly endDay?: string;
  /** Percentages that are told; absent: those of `budgetAlerts`. */
  readonly thresholds?: readonly number[];
}

/** First matching rule that sets a dimension decides it. */
export interface AllocationRule {
  readonly name: string;
  readonly match: readonly RuleCondition[];
  readonly set: Allocation;
}

/** All of a rule's conditions must hold; any of a condition's patterns may. */
export interface RuleCondition {
  /** A FOCUS column name, or a tag key. */
  readonly on: { readonly column: FocusColumn } | { readonly tag: string };
  /** Exact text or a glob with * and ?; compared without regard to case. */
  readonly patterns: readonly string[];
}

/** Columns of the allocated layer that a shared pool may be picked by. */
export const POOL_COLUMNS = [...DIMENSIONS, 'provider', 'service', 'region', 'account'] as const;
export type PoolColumn = (typeof POOL_COLUMNS)[number];

/** Shares a pool of allocated cost among teams or models, per day, to the micro. */
export interface SplitSettings {
  readonly name: string;
  /** The pool: costs whose columns all match; exact text or a glob with * and ?. */
  readonly from: { readonly [C in PoolColumn]?: string };
  /**
   * Who shares it. An empty list: every team (or model) that has direct cost that day; with `usage`, every one that
   * has usage of the metric.
   */
  readonly among: { readonly dimension: 'team' | 'model'; readonly names: readonly string[] };
  readonly by:
    | { readonly kind: 'evenly' }
    /** Name → weight as decimal text, for example "60". */
    | { readonly kind: 'shares'; readonly shares: Readonly<Record<string, string>> }
    | { readonly kind: 'direct-cost' }
    | { readonly kind: 'usage'; readonly metric: UsageMetric };
}

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When reports are posted, on the clock of the team they are for. */
export interface ReportSettings {
  /** Weekly reports to every team's channel without anybody subscribing. */
  readonly enabled: boolean;
  readonly day: Weekday;
  /** "09:00" */
  readonly time: string;
}

export interface StorageSettings {
  /** Newest days per source for which ResourceId is kept. */
  readonly resourceDays: number;
}

/** FOCUS columns that facts keep and rules may match on. */
export const FOCUS_COLUMNS = [
  'ProviderName',
  'PublisherName',
  'InvoiceIssuerName',
  'BillingAccountId',
  'BillingAccountName',
  'SubAccountId',
  'SubAccountName',
  'ServiceName',
  'ServiceCategory',
  'ServiceSubcategory',
  'RegionId',
  'AvailabilityZone',
  'SkuId',
  'SkuMeter',
  'ChargeDescription',
  'ChargeCategory',
  'ChargeClass',
  'ChargeFrequency',
  'PricingCategory',
  'CommitmentDiscountId',
  'CommitmentDiscountCategory',
  'CommitmentDiscountStatus',
  'ResourceId',
  'ResourceName',
  'ResourceType',
] as const;
export type FocusColumn = (typeof FOCUS_COLUMNS)[number];

/** Columns that only facts with a kept resource have. */
export const RESOURCE_COLUMNS = [
  'ResourceId',
  'ResourceName',
  'ResourceType',
] as const satisfies readonly FocusColumn[];
