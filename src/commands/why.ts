/** Why an anomaly happened, or why something costs more or less than before. */
import type { Explanation } from '../core/anomaly.ts';
import { DEFAULT_PERIOD } from '../core/period.ts';
import { scopeKey } from '../core/scope.ts';
import { type WhyOfAnomaly, type WhyOfChange, whyAnomaly, whyChange } from '../flows/why.ts';
import { text } from '../view/elements.ts';
import { formatRatio } from '../view/format.ts';
import { anomalyChart } from '../view/messages/anomaly-chart.ts';
import { anomalyHeadline, anomalyId } from '../view/messages/anomaly-words.ts';
import { scopeHeading } from '../view/messages/scope-words.ts';
import { composeWhyAnomaly, composeWhyChange } from '../view/messages/why-anomaly.ts';
import { anomalyNumber } from './anomaly/parse.ts';
import { parseWords } from './grammar.ts';
import { findMeant } from './thing.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';
import { anomalyJson, explanationJson } from './why/json.ts';
import { plainName } from './why/plain-name.ts';

export const why: Command = {
  name: 'why',
  task: 'why',
  offer: 'why {model}',
  summary: 'Why an anomaly happened, or why something costs more or less than before',
  usage: 'ANM-NUMBER|NAME [TIME] [in CURRENCY]',
  examples: ['why ANM-1', 'why model bert', 'why team search last week', 'why org 7d'],
  async run(context, args) {
    const id = anomalyNumber(args.replace(/[\s?!]+$/, '').trim());
    if (id !== undefined) return ofAnomaly(context, id, args);
    const { name, period = DEFAULT_PERIOD, currency } = parseWords(args.replace(/[\s?!]+$/, ''));
    const rest = args.trim().slice(name.length);
    const find = (typed: string) => findMeant(context, typed, (scope) => `why ${scope}${rest}`);
    const typed = await find(name === '' ? 'org' : name);
    const meant = typed.scope ? typed : await find(plainName(name));
    if (!meant.scope) return meant.asked;
    const question = { scope: meant.scope, period, ...(currency !== undefined && { currency }) };
    return ofChange(await whyChange(context, question), args);
  },
};

async function ofAnomaly(context: CommandContext, id: number, args: string): Promise<CommandResult> {
  const found = await whyAnomaly(context, id);
  if (!found) return noSuchAnomaly(id);
  const { band, anomaly, explanation, today } = found;
  const title = anomalyHeadline(anomaly, today).replace(/^\P{L}*\p{L}+: /u, '');
  const chart = band && anomalyChart(title, band, { changes: explanation.changes, today });
  return {
    view: composeWhyAnomaly({ ...found, timeZone: context.settings.timeZone, ...(chart && { chart }) }),
    data: dataOf(found, args),
  };
}

function ofChange(found: WhyOfChange, args: string): CommandResult {
  const { band, scope, explanation, today } = found;
  const title = `${scopeHeading(scope)} ${movedWords(explanation)} than ${found.previousLabel}`;
  const chart = band && anomalyChart(title, band, { changes: explanation.changes, today });
  return { view: composeWhyChange({ ...found, ...(chart && { chart }) }), data: dataOf(found, args) };
}

/** "cost 30 % more" */
function movedWords({ actualMicros, expectedMicros }: Explanation): string {
  if (actualMicros === undefined || expectedMicros === undefined || expectedMicros <= 0n)
    return 'cost otherwise';
  const ratio = Number(actualMicros) / Number(expectedMicros) - 1;
  if (Math.abs(ratio) < 0.005) return 'cost neither more nor less';
  return `cost ${formatRatio(Math.abs(ratio)).slice(1)} ${ratio > 0 ? 'more' : 'less'}`;
}

function noSuchAnomaly(id: number): CommandResult {
  const message = `There is no anomaly ${anomalyId(id)}.`;
  return {
    view: {
      elements: [
        { kind: 'text', spans: [text(message)] },
        {
          kind: 'actions',
          buttons: [{ label: 'Open anomalies', action: { do: 'command', text: 'anomalies' } }],
        },
      ],
    },
    data: { error: { code: 'NOT_FOUND', message } },
  };
}

function dataOf(found: WhyOfAnomaly | WhyOfChange, args: string): CommandResult['data'] {
  return {
    question: `why ${args}`.trim(),
    scope: scopeKey(found.scope),
    ...('anomaly' in found && { anomaly: anomalyJson(found.anomaly) }),
    ...explanationJson(found.explanation),
    warnings: found.warnings,
  };
}
