/** Words of acting on other people's clouds: modes, proposals, their items, what became of them. Amounts are micros. */
import type { Severity } from './analysis-settings.ts';
import type { Scope } from './scope.ts';
import type { Weekday } from './settings.ts';

/**
 * dry-run: everything is shown and planned, nothing is called. approve: nothing runs without somebody else's approval.
 * live: what stays below the limits runs on the word of whoever may ask for it.
 */
export const ACTION_MODES = ['dry-run', 'approve', 'live'] as const;
export type ActionMode = (typeof ACTION_MODES)[number];

/** Who offers the operations. */
export const ACTION_PROVIDERS = [
  'aws',
  'gcp',
  'azure',
  'kubernetes',
  'litellm',
  'openai',
  'anthropic',
  'webhook',
] as const;
export type ActionProvider = (typeof ACTION_PROVIDERS)[number];

export const RISKS = ['low', 'medium', 'high'] as const;
export type Risk = (typeof RISKS)[number];

/** A resource on a bill, recognised. */
export interface ResourceRef {
  /** As the bill writes it. */
  readonly resourceId: string;
  readonly provider: ActionProvider;
  /** "aws.ec2.instance", "gcp.vertex.custom-job", "kubernetes.deployment", "litellm.key" … */
  readonly kind: string;
  /** The short name people use. */
  readonly name: string;
  /** AWS account, GCP project, Azure subscription, cluster, organisation: what the allow-list speaks of. */
  readonly account: string;
  readonly region?: string;
  /** What the provider's API wants, by the kind: { instanceId }, { project, zone, instance } … */
  readonly parts: Readonly<Record<string, string>>;
}

/** What else the bill says of a charge whose ResourceId is not complete by itself, as AWS's "i-0abc…". */
export interface ResourceHints {
  readonly provider?: string;
  readonly service?: string;
  /** SubAccountId. */
  readonly account?: string;
  readonly region?: string;
  readonly type?: string;
  readonly name?: string;
}

export type Recognised =
  | { readonly known: true; readonly ref: ResourceRef }
  /** `why` is a whole sentence: what it is and why nothing can be done with it here. */
  | { readonly known: false; readonly why: string };

export const PROPOSAL_KINDS = ['shut-down', 'undo', 'off-hours', 'on-hours', 'ttl'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/** draft: a dialog is open. waiting: for approvals. approved: will run (at `notBefore`). The last ones are final. */
export const PROPOSAL_STATES = [
  'draft',
  'waiting',
  'approved',
  'running',
  'done',
  'partly',
  'failed',
  'declined',
  'withdrawn',
  'expired',
] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** Nothing more happens to it, but for an undo. */
export const FINAL_STATES = [
  'done',
  'partly',
  'failed',
  'declined',
  'withdrawn',
  'expired',
] as const satisfies readonly ProposalState[];

/**
 * skipped: the person unselected it. started: a call may have been made, the outcome is not known yet. unclear: it
 * cannot be known; said so, and looked at again by the sweep.
 */
export const ITEM_STATES = ['planned', 'refused', 'skipped', 'started', 'done', 'failed', 'unclear'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** Why somebody must approve. Amounts are micros of the reporting currency a day. */
export type ApprovalReason =
  /** The mode asks for somebody else's approval in any case. */
  | { readonly kind: 'mode'; readonly mode: ActionMode }
  | { readonly kind: 'amount'; readonly micros: bigint; readonly limitMicros: bigint }
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'risk'; readonly risk: Risk }
  | { readonly kind: 'irreversible' }
  | { readonly kind: 'unknown-cost' }
  | { readonly kind: 'unknown-environment' };

/** A place where actions are allowed, and how it is reached. What no entry names cannot be touched. */
export interface ActionAccount {
  readonly provider: ActionProvider;
  /** AWS account id, GCP project, Azure subscription id, cluster name, or "*" where the provider has only one. */
  readonly account: string;
  /** Regions, or Kubernetes namespaces, that may be touched; empty: all. */
  readonly regions: readonly string[];
  readonly namespaces: readonly string[];
  /** AWS: role to assume in that account. */
  readonly role?: string;
  /** Kubernetes: context of the kubeconfig; absent: in-cluster or the current one. */
  readonly context?: string;
  /** LiteLLM, webhook: address. Others: instead of the vendor's own. */
  readonly endpoint?: string;
  /** Names of environment variables with the key (LiteLLM, OpenAI, Anthropic admin key) or the signing secret. */
  readonly keyVariable?: string;
  /** Webhook: ResourceIds it takes, globs with * and ?. */
  readonly match: readonly string[];
}

/** Who may approve where. */
export interface ApproverRule {
  /** E-mails, or user groups "@handle". */
  readonly people: readonly string[];
  /** Absent: every team, every environment. */
  readonly team?: string;
  readonly environments: readonly string[];
}

export interface QuietHours {
  /** "22:00" to "07:00" on the organisation's clock: approved proposals wait until it is over. */
  readonly from: string;
  readonly to: string;
}

export interface OffHoursSchedule {
  readonly name: string;
  readonly scope: Scope;
  readonly environment?: string;
  readonly days: readonly Weekday[];
  /** "19:00" */
  readonly stop: string;
  /** "07:00"; absent: somebody starts it by hand. */
  readonly start?: string;
  readonly timeZone?: string;
  /** Dates (YYYY-MM-DD) on which it stays stopped, and a country whose public holidays count as such. */
  readonly holidays: readonly string[];
  readonly country?: string;
}

export interface ActionSettings {
  readonly mode: ActionMode;
  readonly accounts: readonly ActionAccount[];
  readonly approvers: readonly ApproverRule[];
  /** Two different people must approve from so much a day on (micros of the reporting currency), or there, or then. */
  readonly twoPersons: {
    readonly aboveMicros: bigint;
    readonly environments: readonly string[];
    readonly risks: readonly Risk[];
  };
  readonly limits: {
    readonly resourcesPerProposal: number;
    readonly resourcesPerDay: number;
    /** In live mode, savings of so much a day (micros) need somebody else's approval. */
    readonly liveBelowMicros: bigint;
  };
  readonly quietHours?: QuietHours;
  readonly expireHours: number;
  /** Tags (any value but "false" or "no") that protect a resource. */
  readonly protectTags: readonly string[];
  readonly schedules: readonly OffHoursSchedule[];
}

export const ROLES = ['viewer', 'member', 'owner', 'approver', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Roles given in pennywatch.yaml beside those that follow from teams. */
export interface RoleSettings {
  readonly role: Extract<Role, 'viewer' | 'approver' | 'admin'>;
  /** E-mails, or user groups "@handle". */
  readonly people: readonly string[];
}

/** Where anomalies and proposals are told beside chat. Keys stay in the environment. */
export interface IntegrationSettings {
  readonly pagerDuty?: {
    readonly keyVariable: string;
    readonly from: Severity;
    readonly endpoint?: string;
  };
  readonly webhooks: readonly {
    readonly name: string;
    readonly url: string;
    readonly keyVariable: string;
    readonly from: Severity;
  }[];
  readonly tickets?: {
    readonly kind: 'jira' | 'webhook';
    readonly url: string;
    readonly project?: string;
    readonly issueType: string;
    readonly userVariable?: string;
    readonly keyVariable: string;
  };
}
