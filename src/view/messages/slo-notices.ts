/** What is posted when a cost SLO burns its error budget, and when that is over. */
import type { Day } from '../../core/day.ts';
import { bold, type Span, text, type View } from '../elements.ts';
import { countOf, formatDay } from '../format.ts';
import { scopeHeading } from './scope-words.ts';
import { type SloShown, sloBudget, sloNewest, sloPromise, sloSmallPrint } from './slo-words.ts';
import { sloButtons, sloChart } from './slos.ts';

export function composeSloBurning(
  input: SloShown & { readonly rule: string; readonly today: Day; readonly mention?: Span },
): View {
  const { slo, status, rule, today, mention } = input;
  const burn = status.burns.find((one) => one.rule.id === rule);
  const missed = status.met === false;
  const how = missed ? '🔴 Missed' : '🟠 Burning';
  const chart = sloChart(input, today);
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(`${how}: ${scopeHeading(slo.scope)} costs ${sloNewest(input, today)}`),
          ...(mention ? [text(' · '), mention] : []),
        ],
      },
      {
        kind: 'text',
        spans: [
          text(`The SLO ${slo.name} says ${sloPromise(input)}. ${capital(sloBudget(input))}`),
          text(burn?.long ? ` – ${times(burn.long)} as fast as it may in ${days(burn)}.` : '.'),
        ],
      },
      ...(chart ? [chart] : []),
      sloButtons(input),
      ...sloSmallPrint(input, today),
    ],
  };
}

export function composeSloRecovered(input: SloShown & { readonly since: Day; readonly today: Day }): View {
  const { slo, since, today } = input;
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(`🟢 ${scopeHeading(slo.scope)} costs ${sloNewest(input, today)} again`),
          text(
            `: the SLO ${slo.name} does not burn any more (told on ${formatDay(since, today)}). ${capital(sloBudget(input))}.`,
          ),
        ],
      },
      sloButtons(input),
      ...sloSmallPrint(input, today),
    ],
  };
}

function times(rate: number): string {
  return `${rate.toLocaleString('en-US', { maximumFractionDigits: 1 })} times`;
}

function days({ rule }: SloShown['status']['burns'][number]): string {
  return `the last ${countOf(rule.longDays, 'day')}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
