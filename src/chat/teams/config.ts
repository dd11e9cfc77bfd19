/** What the Teams platform is made from. */
import type { Logger } from '../../core/log.ts';
import type { ChartSpec } from '../../view/charts/types.ts';
import type { Dispatch, DrawChart } from '../types.ts';
import type { TeamsMemory } from './types.ts';

export interface TeamsConfig {
  /** Absent only where `local` is set. */
  readonly appId?: string;
  /** Absent with a managed identity. */
  readonly appPassword?: string;
  readonly appType: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMsi';
  readonly tenantId?: string;
  /** Tenants whose people are served; empty only where `local` is set, which then serves any. */
  readonly tenants: readonly string[];
  /** No credentials and no proof of who sends: only requests from this machine are answered. */
  readonly local?: boolean;
  /** Whether people can be shown views of their own: everywhere but in a local client, unless told. */
  readonly ownViews?: boolean;
  /** Charts are drawn by Teams itself where it can. */
  readonly nativeCharts?: boolean;
  /** Microsoft's own unless a test says otherwise. */
  readonly endpoints?: Partial<TeamsEndpoints>;
}

/** Addresses without "/" at the end. */
export interface TeamsEndpoints {
  /** Gives tokens: https://login.microsoftonline.com */
  readonly login: string;
  /** Says which keys sign what Teams sends: https://login.botframework.com/v1/.well-known/openidconfiguration */
  readonly openId: string;
  /** https://graph.microsoft.com/v1.0 */
  readonly graph: string;
}

export interface TeamsDeps {
  readonly dispatch: Dispatch;
  readonly drawChart: DrawChart;
  readonly log: Logger;
  readonly memory: TeamsMemory;
  /** Address under which a chat client loads the chart as PNG; absent: it is sent inside the message. */
  readonly chartUrl?: (chart: ChartSpec) => Promise<string>;
  /** Told why each request was refused, for figures. */
  readonly refused?: (reason: string) => void;
  /** Milliseconds since 1970, a pause, and randomness in [0, 1); the real ones unless a test says otherwise. */
  readonly now?: () => number;
  readonly wait?: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
}
