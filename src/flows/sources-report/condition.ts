/** In what state a source is, as one word. */
import type { Day } from '../../core/day.ts';
import type { SourceCondition } from '../../view/messages/sources-types.ts';

export function conditionOf(source: {
  readonly watermark?: Day;
  /** It was polled, or is to be. */
  readonly polled: boolean;
  readonly live: boolean;
  readonly started: boolean;
  readonly failures: number;
  readonly error?: string;
  /** So often that its figures are unknown. */
  readonly failing: boolean;
  readonly stale: boolean;
  readonly loading: boolean;
}): SourceCondition {
  const { watermark, polled, live, started, failures, error, failing, stale, loading } = source;
  if (polled && !live) return 'not-polled';
  if (polled && !started && watermark === undefined) return 'never-polled';
  if (error !== undefined && !polled) return 'failed';
  if (watermark === undefined) return failures > 0 ? (failing ? 'stale' : 'failing') : 'nothing-complete';
  if (stale) return 'stale';
  if (failures > 0) return 'failing';
  if (error !== undefined) return 'waiting';
  return loading ? 'loading' : 'fresh';
}
