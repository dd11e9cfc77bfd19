/** The most expensive things as a message. */
import type { CostAnswer } from '../../core/answer.ts';
import type { Breakdown } from '../../core/dimension.ts';
import { questionText } from '../../core/question.ts';
import type { ChartSpec } from '../charts/types.ts';
import { type Button, type Element, text, type View } from '../elements.ts';
import { formatMoney, formatPeriod, formatShare } from '../format.ts';
import { smallPrint } from './answer-small-print.ts';
import { answerTable, BREAKDOWN_TITLES } from './answer-table.ts';
import { whySpans } from './answer-why.ts';

const OTHERS: readonly Breakdown[] = ['model', 'team', 'service', 'resource'];

export function composeTop(answer: CostAnswer, count: number, chart: ChartSpec | undefined): View {
  const { rows, currency, question, period, today, by, total } = answer;
  const shown = rows.slice(0, count);
  const known = shown.reduce((sum, row) => sum + (row.cost ?? 0n), 0n);
  const share = total !== null && total > 0n ? Number(known) / Number(total) : null;
  const plural = `${BREAKDOWN_TITLES[by].toLowerCase()}${shown.length === 1 ? '' : 's'}`;
  const when = formatPeriod(question.period, period, today);
  const why = whySpans(answer);
  const elements: (Element | undefined)[] = [
    {
      kind: 'heading',
      text:
        rows.length === 0
          ? `No cost is known ${when}`
          : `Top ${shown.length} ${plural}: ${formatMoney(known, currency)} ${when}`,
    },
    share === null
      ? undefined
      : {
          kind: 'text',
          spans: [text(`${formatShare(share)} of the ${formatMoney(total, currency)} that everything cost.`)],
        },
    why && { kind: 'text', spans: why },
    chart && { kind: 'chart', chart },
    answerTable(answer, count),
    { kind: 'actions', buttons: buttons(answer) },
    ...smallPrint(answer),
  ];
  return { elements: elements.filter((element) => element !== undefined) };
}

function buttons({ question, by }: CostAnswer): Button[] {
  const words = questionText({ ...question, by: undefined }).replace(/^model all ?/, '');
  return [
    ...OTHERS.filter((other) => other !== by).map(
      (other): Button => ({
        label: `Top ${other}s`,
        action: { do: 'command', text: `top ${other}s ${words}`.trim() },
      }),
    ),
    { label: 'Share in channel', action: { do: 'share', text: `top ${by.toLowerCase()}s ${words}`.trim() } },
  ];
}
