/** Decides about an anomaly: takes it, snoozes it, says what it was. */
import { AppError } from '../core/errors.ts';
import { EFFECT_DAYS } from '../flows/anomalies/verdict-effect.ts';
import { decideAnomaly } from '../flows/decide-anomaly.ts';
import { composeAnomalyChanged } from '../view/messages/anomaly-changed.ts';
import { composePlanned } from '../view/messages/plans.ts';
import { anomalies } from './anomalies.ts';
import { planDecision, takePlanned } from './anomaly/approve.ts';
import { parseHandOver, runHandOver } from './anomaly/hand-over.ts';
import { anomalyJson } from './anomaly/json.ts';
import { anomalyNumber, parseDecision } from './anomaly/parse.ts';
import { planJson } from './plan/json.ts';
import { tokenise } from './tokens.ts';
import type { Command } from './types.ts';
import { why } from './why.ts';

export const anomaly: Command = {
  name: 'anomaly',
  task: 'why',
  summary: 'An anomaly: take it, snooze it, or say what it was; what you say changes what is told later',
  usage:
    '[NUMBER [ack|snooze 3d [+50%]|expected [until DAY [amount NUMBER]]|false-alarm|real|resolve|reopen|assign WHO|ticket] ["REASON"]]',
  examples: [
    'anomaly 12',
    'anomaly 12 ack',
    'anomaly 12 snooze 3d +50%',
    'anomaly 12 expected until 2026-12-01 "new region"',
    'anomaly 12 false-alarm',
    'anomaly 12 assign @mira',
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
    const handOver = parseHandOver(rest);
    if (handOver) return runHandOver(context, id, handOver);
    const { planned, rest: words } = takePlanned(rest, settings.currency);
    const decision = parseDecision(words, { now: context.now(), timeZone: settings.timeZone });
    if (!decision) return why.run(context, `ANM-${id}`);
    const plan = planned && (await planDecision(context, id, decision, planned));
    const decided = await decideAnomaly(context, actor, id, decision);
    const { effect, ...shown } = decided;
    const view = composeAnomalyChanged({
      ...shown,
      said: decision.kind,
      timeZone: settings.timeZone,
      ...(effect && { effect: { ...effect, days: EFFECT_DAYS } }),
    });
    return {
      view: plan ? { elements: [...view.elements, ...composePlanned(plan, shown.today).elements] } : view,
      data: {
        question: `anomaly ${args}`,
        changed: decided.changed,
        ...anomalyJson(decided.anomaly),
        effect: effect ?? null,
        ...(plan && { plan: planJson(plan) }),
      },
    };
  },
};
