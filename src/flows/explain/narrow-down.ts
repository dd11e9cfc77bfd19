/** Follows a change down to the model and stage that carry it: only there usage and cost are about the same thing. */
import type { CostFilter } from '../../store/daily-costs.ts';
import type { Context } from '../context.ts';
import { carrier, composeFigures, type Figures } from './figures.ts';
import { type ChangeRequest, type ReadChange, readChange } from './read-change.ts';

/** One model or stage carries a change when it is at least this share of it. */
const CARRIES = 0.6;

export interface Narrowed {
  readonly filter: CostFilter;
  readonly change: ReadChange;
  readonly figures: Figures;
  /** What was gone down to and its share of the whole change; absent when nothing was. */
  readonly within?: { readonly model?: string; readonly stage?: string; readonly share: number };
}

export async function narrowDown(
  context: Context,
  request: ChangeRequest,
  whole: { readonly change: ReadChange; readonly figures: Figures },
): Promise<Narrowed> {
  let narrowed: Narrowed = { ...whole, filter: request.filter };
  for (const column of ['model', 'stage'] as const) {
    const found = carrier(narrowed.figures, column, CARRIES);
    if (column in narrowed.filter || !found?.key) continue;
    // The only value there is needs no second look.
    const alone = narrowed.figures.byColumn.get(column)?.length === 1;
    const filter = { ...narrowed.filter, [column]: found.key };
    const change = alone ? narrowed.change : await readChange(context, { ...request, filter });
    const figures = alone ? narrowed.figures : await composeFigures(context, change);
    const share = (narrowed.within?.share ?? 1) * found.share;
    narrowed = { filter, change, figures, within: { ...narrowed.within, [column]: found.key, share } };
  }
  return narrowed;
}
