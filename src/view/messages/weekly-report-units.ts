/** What one unit costs now, in a sentence. */
import type { UnitCost } from '../../core/usage.ts';
import type { Span } from '../elements.ts';
import { formatRatio } from '../format.ts';
import { formatUnitAmount } from '../format-unit-cost.ts';
import { type Sentences, say } from '../templates/sentence.ts';
import type { ReportFacts } from './weekly-report-types.ts';

/** Less than this is no change. */
const FLAT = 0.005;

/** "Cost per 1k requests fell 4 % to $0.38." Empty when no unit cost is known. */
export function unitSpans({ answer, currency }: ReportFacts, sentences: Sentences): Span[] {
  const unit = mainUnit(answer.unitCosts);
  if (!unit || unit.attos === null) return [];
  const ratio = unit.changeRatio;
  return say(sentences, 'report-unit-cost', {
    what: unit.stage ? `${unit.stage.charAt(0).toUpperCase()}${unit.stage.slice(1)} cost` : 'Cost',
    per: unit.per,
    cost: formatUnitAmount(unit.attos, currency),
    percent: ratio === null ? null : formatRatio(Math.abs(ratio)).slice(1),
    rose: ratio !== null && ratio >= FLAT,
    fell: ratio !== null && ratio <= -FLAT,
    flat: ratio !== null && Math.abs(ratio) < FLAT,
  });
}

/** The first one that is known and can be compared, else the first that is known. Quality is no unit people buy. */
function mainUnit(unitCosts: readonly UnitCost[]): UnitCost | undefined {
  const known = unitCosts.filter(({ attos, metric }) => attos !== null && metric !== 'quality');
  return known.find(({ changeRatio }) => changeRatio !== null) ?? known[0];
}
