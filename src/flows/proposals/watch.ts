/** Looks again and again until the provider reports the new state, or the time is up. */
import type { Planned, Verified } from '../../actions/types.ts';
import { AppError } from '../../core/errors.ts';
import type { Deed } from './planned-again.ts';

/** Waits between looks in milliseconds; the last one repeats. */
const WAITS = [500, 1_000, 2_000, 3_000, 5_000, 10_000, 15_000];
/** What takes longer is said to be still under way, and looked at later. */
const PATIENCE = 600_000;
/** A resource that shows no change after this long was not touched. */
const UNCHANGED_PATIENCE = 60_000;

export type Seen =
  | { readonly kind: 'verified'; readonly verified: Verified }
  /** It could not be looked at. */
  | { readonly kind: 'blind'; readonly why: string };

/** Resolves to the last look. Waits are by the caller's clock of `wait`, so that tests need none. */
export async function watch(
  deed: Deed,
  planned: Planned,
  wait: (milliseconds: number) => Promise<void>,
  goOn: () => boolean,
): Promise<Seen> {
  let waited = 0;
  for (let look = 0; ; look += 1) {
    const seen = await lookOnce(deed, planned);
    const settled = seen.kind === 'verified' && ['reached', 'elsewhere'].includes(seen.verified.outcome);
    const still = seen.kind === 'verified' && seen.verified.outcome === 'unchanged';
    if (settled || waited >= (still ? UNCHANGED_PATIENCE : PATIENCE) || !goOn()) return seen;
    const pause = WAITS[Math.min(look, WAITS.length - 1)] ?? 15_000;
    await wait(pause);
    waited += pause;
  }
}

export async function lookOnce(deed: Deed, planned: Planned): Promise<Seen> {
  try {
    return { kind: 'verified', verified: await deed.verify(planned) };
  } catch (error) {
    const why = error instanceof AppError ? error.message : 'The provider gave no answer that could be read.';
    return { kind: 'blind', why };
  }
}
