/** What the actions of our cards carry, written and read. Everything that comes back is anybody's text. */
import { z } from 'zod';
import type { Conversation } from '../../core/conversation.ts';
import type { CardData } from './card-types.ts';
import { limits } from './limits.ts';

/** button: a click. form: a filled-in form. back: the message's own card again. mine: what I in person see. */
export type ActionWord = 'button' | 'form' | 'back' | 'mine';

export interface ActionData {
  readonly pw: ActionWord;
  /** Opaque id of the button or form. */
  readonly id?: string;
  /** Which form it is, or which one a slow button opens. */
  readonly form?: string;
  /** The form takes a while: show something first. */
  readonly slow?: boolean;
  /** Where the form was opened. A hint: whoever sends a form can write anything here. */
  readonly conversation?: { readonly channel: string; readonly thread?: string; readonly direct?: boolean };
  /** What was filled in, by the names of the fields. */
  readonly values: Readonly<Record<string, string>>;
}

/** Inputs' ids start so: a field's name can never be mistaken for ours. */
const INPUT = 'in.';

const id = z.string().min(1).max(limits.actions.id);

const Data = z.looseObject({
  pw: z.enum(['button', 'form', 'back', 'mine']),
  id: id.optional(),
  form: id.optional(),
  slow: z.boolean().optional(),
  conversation: z
    .object({
      channel: z.string().min(1).max(500),
      thread: z.string().min(1).max(500).optional(),
      direct: z.boolean().optional(),
    })
    .optional(),
});

export function inputId(name: string): string {
  return `${INPUT}${name}`;
}

export function writeActionData(
  data: Omit<ActionData, 'values' | 'conversation'> & { readonly conversation?: Conversation },
): CardData {
  const { conversation, slow, ...rest } = data;
  return {
    ...rest,
    ...(slow ? { slow } : {}),
    ...(conversation
      ? {
          conversation: {
            channel: conversation.channel,
            ...(conversation.thread ? { thread: conversation.thread } : {}),
            ...(conversation.direct ? { direct: true } : {}),
          },
        }
      : {}),
  };
}

/** Undefined when the data was not written by `writeActionData`. Inputs that were left empty are absent or "". */
export function readActionData(value: unknown): ActionData | undefined {
  const read = Data.safeParse(value);
  if (!read.success) return undefined;
  const { pw, id, form, slow, conversation } = read.data;
  return {
    pw,
    ...(id === undefined ? {} : { id }),
    ...(form === undefined ? {} : { form }),
    ...(slow === undefined ? {} : { slow }),
    ...(conversation === undefined
      ? {}
      : {
          conversation: {
            channel: conversation.channel,
            ...(conversation.thread === undefined ? {} : { thread: conversation.thread }),
            ...(conversation.direct === undefined ? {} : { direct: conversation.direct }),
          },
        }),
    values: submittedValues(read.data),
  };
}

function submittedValues(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const { values, characters } = limits.form.submitted;
  return Object.fromEntries(
    Object.entries(data)
      .flatMap(([name, value]): [string, string][] =>
        name.startsWith(INPUT) && typeof value === 'string' && value.length <= characters
          ? [[name.slice(INPUT.length), value]]
          : [],
      )
      .slice(0, values),
  );
}
