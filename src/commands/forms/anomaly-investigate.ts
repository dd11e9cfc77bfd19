/** The dialog that shows what an anomaly is made of; nothing is sent with it. */
import { AppError } from '../../core/errors.ts';
import { investigate } from '../../flows/investigate.ts';
import type { Form } from '../../view/elements.ts';
import { composeInvestigation } from '../../view/messages/investigate.ts';
import type { Column } from '../../view/messages/investigate-columns.ts';
import { tokenise } from '../tokens.ts';
import type { CommandContext } from '../types.ts';
import { anomalyIntro, numberIn } from './anomaly-about.ts';

/** The dialog for "anomaly 12" or "anomaly 12 by service". */
export async function buildInvestigateForm(context: CommandContext, commandText: string): Promise<Form> {
  const id = numberIn(commandText);
  const found = await investigate(context, id, context.acting?.actions ?? []);
  const [, , , column] = tokenise(commandText);
  const { contributions } = found.explanation;
  const by: Column | undefined = contributions.find(({ dimension }) => dimension === column?.text)?.dimension;
  return {
    form: 'anomaly-investigate',
    text: commandText,
    title: `Investigate ANM-${id}`,
    intro: anomalyIntro(found),
    body: composeInvestigation({ ...found, id, ...(by && { by }) }),
    fields: [],
  };
}

/** It cannot be sent. */
export function submitInvestigation(): never {
  throw new AppError('INVALID', 'There is nothing to send in this dialog.');
}
