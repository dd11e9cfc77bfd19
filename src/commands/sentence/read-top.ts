/** Reads a question about the most expensive: "top 5 models", "which team spends the most". */
import type { Breakdown } from '../../core/dimension.ts';
import { DEFAULT_PERIOD } from '../../core/period.ts';
import { periodText, questionText } from '../../core/question.ts';
import { type Reading, unclear } from './outcome.ts';
import type { Pile } from './pile.ts';
import { questionFor } from './read-cost.ts';

export function readTop(pile: Pile): Reading {
  const [top, ...moreTops] = pile.tops;
  const [which, ...moreWhich] = pile.which;
  if (moreTops.length > 0 || moreWhich.length > 0 || (top && which && top.of && top.of !== which))
    return unclear('I can list only one of these at a time.');
  if (!top && !pile.has('most')) return unclear("I don't know what you want to know about them.", ['top']);
  if (!top && !which)
    return unclear('I can list the most expensive models, teams, services or resources.', [
      topText(pile, {}),
    ]);
  const of = top?.of ?? which;
  const list = topText(pile, { count: top?.count, of });
  if (pile.named.length > 0)
    return unclear(
      'I can list the most expensive of everything, or break one down.',
      pile.named.map((thing) =>
        questionText({ ...questionFor(pile, thing, thing.stage), by: of ?? 'model' }),
      ),
    );
  const [by] = pile.by;
  if (pile.stages.length > 0 || pile.all.length > 0 || (by && by !== of))
    return unclear('I can list the most expensive by one column only.', [list]);
  return { kind: 'command', text: list };
}

function topText(
  pile: Pile,
  { count, of }: { count?: number | undefined; of?: Breakdown | undefined },
): string {
  const [period] = pile.times;
  const [currency] = pile.currencies;
  const [basis] = pile.bases;
  return [
    'top',
    count,
    of && plural(of),
    periodText(period ?? DEFAULT_PERIOD),
    currency && `in ${currency}`,
    basis && basis !== 'effective' && `--basis ${basis}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function plural(column: Breakdown): string {
  const word = column.toLowerCase();
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}
