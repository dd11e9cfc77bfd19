/** Where anomalies and proposals are told beside chat: one shape for pagers, webhooks and ticket systems. */

export interface NotifyOptions {
  /** Names what is told for good: the other side can tell a repetition by it. */
  readonly key: string;
  /** An earlier attempt may have been taken: look first, or repeat it so that the other side knows it for the same. */
  readonly mayBeThere: boolean;
}

export interface Notifier {
  /**
   * Tells it (`body` is JSON made for this notifier) and resolves to the id or address of what was made of it. Throws
   * UPSTREAM in words, `uncertain` when it may have been taken; CONFIG when a secret is missing.
   */
  send(channel: string, body: string, options: NotifyOptions): Promise<{ readonly id: string }>;
}

/** What notifiers need from their surroundings. */
export interface NotifyAccess {
  /** Value of an environment variable, read when it is needed. */
  readonly variable: (name: string) => string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Makes the event of an anomaly known to a pager. */
export interface PagerNotice {
  readonly action: 'trigger' | 'acknowledge' | 'resolve';
  /** One incident per anomaly. */
  readonly dedupKey: string;
  readonly summary: string;
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  /** ISO 8601 */
  readonly at: string;
  /** What it is about, such as "model:bert/training". */
  readonly component: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What a ticket says. */
export interface TicketNotice {
  /** Found again by it; has no spaces. */
  readonly label: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** The same as data, for webhooks. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a webhook is sent. */
export interface WebhookNotice {
  /** "anomaly.opened", "proposal.done" */
  readonly type: string;
  /** When it happened, ISO 8601 */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}
