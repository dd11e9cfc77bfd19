/** What every stand-in of a cloud offers: an HTTP server that speaks the vendor's API over a state in memory. */

/** One request that was answered. */
export interface Call {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** In the vendor's words: "StopInstances", "compute.instances.stop", "PATCH deployments/scale". */
  readonly operation: string;
  /** Whether it changes anything. */
  readonly write: boolean;
  /** Id or name of what it was about. */
  readonly target: string;
  readonly status: number;
}

/** denied: 403 as the vendor says it. throttled: 429 or its like. lost: it is done, but the answer never comes. broken: 500. */
export type FaultKind = 'denied' | 'throttled' | 'lost' | 'broken';

export interface Fault {
  readonly kind: FaultKind;
  /** Only calls of this operation; absent: the next writing call. */
  readonly operation?: string;
  /** How often; once unless told. */
  readonly times?: number;
}

export interface StandIn {
  /** "http://127.0.0.1:PORT" once it listens. */
  readonly url: string;
  readonly calls: readonly Call[];
  /** The next matching calls go wrong. */
  fail(fault: Fault): void;
  /** Everything it holds, plain data: to be compared before and after. */
  snapshot(): unknown;
  close(): Promise<void>;
}

export interface StandInOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long a change of state takes, in milliseconds on that clock. */
  readonly lag: number;
  readonly host?: string;
  /** 0 for any. */
  readonly port?: number;
}
