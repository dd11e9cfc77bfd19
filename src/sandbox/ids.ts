/** Ids and message timestamps in Slack's forms, unique within one workspace. */
export interface IdSource {
  /** Strictly increasing "seconds.micros". */
  ts(): string;
  /** e.g. next('F') → "F00000001C". */
  next(prefix: string): string;
}

export function createIds(now: () => number): IdSource {
  let lastMicros = 0;
  let counter = 1000;
  return {
    ts() {
      lastMicros = Math.max(Math.floor(now()) * 1000, lastMicros + 1);
      const seconds = Math.floor(lastMicros / 1_000_000);
      return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
    },
    next(prefix) {
      counter += 1;
      return `${prefix}${counter.toString(36).toUpperCase().padStart(9, '0')}`;
    },
  };
}
