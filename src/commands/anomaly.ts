/** Decides about an anomaly: takes it, snoozes it, says what it was. */
import { AppError } from '../core/errors.ts';
import { EFFECT_DAYS } from '../flows/anomalies/verdict-effect.ts';
import { decideAnomaly } from '../flows/decide-anomaly.ts';
import { composeAnomalyChanged } from '../view/messages/anomaly-changed.ts';
import { anomalies } from './anomalies.ts';
import { anomalyJson } from './anomaly/json.ts';
import { anomalyNumber, parseDecision } from './anomaly/parse.ts';
import { tokenise } from './tokens.ts';
import type { Command } from './types.ts';
import { why } from './why.ts';

export const anomaly: Command = {
  name: 'anomaly',
  task: 'why',
  summary: 'An anomaly: take it, snooze it, or say what it was; what you say changes what is told later',
  usage: '[NUMBER [ack|snooze 3d [+50%]|expected [until DAY]|false-alarm|real|resolve|reopen] ["REASON"]]',
  examples: [
    'anomaly 12',
    'anomaly 12 ack',
    'anomaly 12 snooze 3d +50%',
    'anomaly 12 expected until 2026-12-01 "new region"',
    'anomaly 12 false-alarm',
  ],
  offer: 'anomaly',
  async run(context, args) {
    const [first, ...rest] = tokenise(args);
    if (!first) return anomalies.run(context, '');
    const id = anomalyNumber(first.text);
    if (id === undefined)
      throw new AppError('INVALID', 'Which anomaly?', {
        hint: 'Write its number: anomaly 12. See them: anomalies.',
      });
    const { settings, actor } = context;
    const decision = parseDecision(rest, { now: context.now(), timeZone: settings.timeZone });
    if (!decision) return why.run(context, `ANM-${id}`);
    const decided = await decideAnomaly(context, actor, id, decision);
    const { effect, ...shown } = decided;
    return {
      view: composeAnomalyChanged({
        ...shown,
        said: decision.kind,
        timeZone: settings.timeZone,
        ...(effect && { effect: { ...effect, days: EFFECT_DAYS } }),
      }),
      data: {
        question: `anomaly ${args}`,
        changed: decided.changed,
        ...anomalyJson(decided.anomaly),
        effect: effect ?? null,
      },
    };
  },
};
