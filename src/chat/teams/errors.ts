/** A call that Teams (the Bot Connector, Graph, the token service) did not take, as data. */

export interface RefusalFacts {
  /** HTTP status; absent when there was no answer. */
  readonly status?: number;
  /** The service's own code, e.g. "ConversationNotFound". */
  readonly code?: string;
  /** Milliseconds it asks to wait. */
  readonly retryAfter?: number;
  /** It may have been done although no answer said so. */
  readonly uncertain: boolean;
}

export class TeamsRefusal extends Error {
  override readonly name = 'TeamsRefusal';
  readonly facts: RefusalFacts;

  constructor(message: string, facts: RefusalFacts, cause?: unknown) {
    super(message, { cause });
    this.facts = facts;
  }
}
