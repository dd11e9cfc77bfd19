/** When what is approved may run: not in quiet hours, and not so late that nobody means it any more. */
import { quietUntil } from '../../analysis/policy/quiet-hours.ts';
import type { Settings } from '../../core/settings.ts';
import type { StoredProposal } from '../../store/proposals.ts';

const HOUR_MS = 3_600_000;

/** The end of the quiet hours it must wait for, in ms. What schedules do at night is their purpose; an undo is urgent. */
export function quietEnd(
  { kind }: Pick<StoredProposal, 'kind'>,
  now: number,
  { actions, timeZone }: Settings,
): number | undefined {
  if (kind !== 'shut-down' && kind !== 'ttl') return undefined;
  return quietUntil(now, actions.quietHours, timeZone);
}

/** From its approval on: until when it waits, and after when it must not be begun any more. */
export function timesOf(
  proposal: Pick<StoredProposal, 'kind' | 'expiresAt'>,
  now: number,
  settings: Settings,
): { readonly notBefore?: Date; readonly expiresAt: Date } {
  const quiet = quietEnd(proposal, now, settings);
  const late = Math.max(
    proposal.expiresAt.getTime(),
    (quiet ?? now) + settings.actions.expireHours * HOUR_MS,
  );
  return {
    ...(quiet !== undefined && { notBefore: new Date(quiet) }),
    // A night's stop is of no use once its morning has come, however late it was approved.
    expiresAt: proposal.kind === 'off-hours' ? proposal.expiresAt : new Date(late),
  };
}
