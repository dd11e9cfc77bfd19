/** What the stand-in does wrong when a test tells it to. */

export interface Fault {
  /** Which calls: the Bot Connector's by what they do, or Graph's. Any call of the Bot Connector unless told. */
  readonly on?: CallKind;
  readonly status?: number;
  readonly code?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** The call is done, but its answer never arrives. */
  readonly lost?: boolean;
  /** The call never gets there: the connection is cut at once. */
  readonly cut?: boolean;
  /** 1 unless told. */
  readonly times?: number;
}

export type CallKind = 'create' | 'send' | 'update' | 'delete' | 'member' | 'members' | 'graph';

export interface Faults {
  next(fault: Fault): void;
  /** The fault that this call meets, if any; it is used up by that. */
  take(kind: CallKind): Fault | undefined;
}

export function createFaults(): Faults {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    next: (fault) => void waiting.push({ fault, left: fault.times ?? 1 }),
    take(kind) {
      const found = waiting.find(({ fault }) => (fault.on ? fault.on === kind : kind !== 'graph'));
      if (!found) return undefined;
      found.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return found.fault;
    },
  };
}
