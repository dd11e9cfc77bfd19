/** What the dialogs about an anomaly share: which one it is, its headline, and the fields that come again. */
import { AppError } from '../../core/errors.ts';
import { decidableAnomaly, type OneAnomaly } from '../../flows/anomalies/decidable.ts';
import { bold, type FormField, type Span, text } from '../../view/elements.ts';
import { anomalyHeadline, anomalyId, anomalyRates } from '../../view/messages/anomaly-words.ts';
import { anomalyNumber } from '../anomaly/parse.ts';
import { tokenise } from '../tokens.ts';
import type { CommandContext } from '../types.ts';

export interface AnomalyAbout extends OneAnomaly {
  readonly id: number;
  /** Which anomaly, and how much it is about. */
  readonly intro: readonly Span[];
}

/** For "anomaly 12 …". Throws NOT_FOUND for a number there is not, FORBIDDEN for somebody who may not decide. */
export async function anomalyAbout(context: CommandContext, commandText: string): Promise<AnomalyAbout> {
  const id = numberIn(commandText);
  const one = await decidableAnomaly(context, context.actor, id);
  return { ...one, id, intro: anomalyIntro(one) };
}

export function anomalyIntro({ shown, today }: OneAnomaly): Span[] {
  return [bold(anomalyHeadline(shown, today)), text(` (${anomalyId(shown.id)}).\n${anomalyRates(shown)}`)];
}

/** 12 for "anomaly 12 …". Throws INVALID without a number. */
export function numberIn(commandText: string): number {
  const id = anomalyNumber(tokenise(commandText)[1]?.text);
  if (id !== undefined) return id;
  throw new AppError('INVALID', 'Which anomaly?', { hint: 'See them: anomalies.' });
}

export function reasonField(
  label: string,
  rest: Partial<Extract<FormField, { kind: 'text' }>> = {},
): FormField {
  return { kind: 'text', name: 'reason', label, long: true, ...rest };
}
