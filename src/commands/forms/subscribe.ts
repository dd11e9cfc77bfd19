/** The dialog that subscribes a channel or a person. */
import { quoteName } from '../../core/question.ts';
import { channelOf } from '../../flows/report-place.ts';
import { findStanding } from '../../flows/standing.ts';
import type { Form } from '../../view/elements.ts';
import type { CommandContext } from '../types.ts';

export async function buildSubscribeForm(context: CommandContext, _text: string): Promise<Form> {
  const who = await findStanding(context, context.actor);
  const [team] = who.kind === 'person' ? who.teams : [];
  const here = channelOf(context.conversation) !== undefined;
  return {
    form: 'subscribe',
    text: 'subscribe',
    title: 'Subscribe',
    submit: 'Subscribe',
    fields: [
      {
        kind: 'text',
        name: 'scope',
        label: 'To the report of',
        ...(team !== undefined && { value: `team:${team}` }),
        placeholder: 'team:search',
        hint: 'A team, a model, or org for everything: team:search, model:bert, org.',
      },
      {
        kind: 'select',
        name: 'frequency',
        label: 'How often',
        options: [
          { value: 'weekly', label: 'every week' },
          { value: 'daily', label: 'every day' },
        ],
        value: 'weekly',
      },
      {
        kind: 'select',
        name: 'where',
        label: 'Where',
        options: [
          ...(here ? [{ value: 'here', label: 'in this channel' }] : []),
          { value: 'me', label: 'to me, as a direct message' },
        ],
        value: here ? 'here' : 'me',
      },
    ],
  };
}

export function submitSubscribe(_text: string, values: Readonly<Record<string, string>>): string {
  const scope = values.scope?.trim();
  return ['subscribe', scope && quoteName(scope), values.frequency ?? 'weekly', values.where ?? 'me']
    .filter(Boolean)
    .join(' ');
}
