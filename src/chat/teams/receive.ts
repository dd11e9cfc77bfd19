/** Verified activities → what they ask for. Messages are acknowledged first; invokes are answered in place. */
import { z } from 'zod';
import type { Logger } from '../../core/log.ts';
import { readActionData } from './data-of-action.ts';
import { nobodyView } from './error-view.ts';
import { shortcutRequest } from './extension.ts';
import { badRequest, dialogWords, errorAnswer, notImplemented, toastAnswer } from './invoke-answers.ts';
import { mentionsBot, plainText, type WhoIs } from './mentions.ts';
import { clickRequest, originOf, type Person, personOf, type Request, wordsRequest } from './requests.ts';
import type { InvokeAnswer, Receive, TeamsActivity } from './types.ts';

export interface ReceiveParts {
  /** Answers by message. Never rejects. */
  readonly byMessage: (request: Request, known: Promise<void>) => Promise<void>;
  /** Answers in the place of the card that was clicked. Never rejects. */
  readonly inCard: (request: Request, known: Promise<void>) => Promise<InvokeAnswer>;
  /** Answers in a dialog. Never rejects. */
  readonly inDialog: (request: Request, known: Promise<void>) => Promise<InvokeAnswer>;
  /** Brings back the card of the message itself. Never rejects. */
  readonly back: (activity: TeamsActivity, person: Person) => Promise<InvokeAnswer>;
  /** The bot came or left. */
  readonly greet: (activity: TeamsActivity) => Promise<void>;
  /** Says something to somebody who cannot be served. */
  readonly refuse: (activity: TeamsActivity, view: ReturnType<typeof nobodyView>) => Promise<void>;
  /** Notes who and where. Never rejects. */
  readonly remember: (activity: TeamsActivity) => Promise<void>;
  readonly whoIs: (activity: TeamsActivity) => WhoIs;
  /** Runs something to its end after the acknowledgement. */
  readonly inBackground: (work: Promise<unknown>) => void;
  readonly log: Logger;
}

const NOBODY =
  'Pennywatch cannot answer this: Teams did not say who you are. Sign in with your work account.';
const BROKEN =
  'Pennywatch cannot read this click: the card is broken, or of another version. Ask again for a fresh one.';

const CardValue = z.object({
  action: z.object({ verb: z.string().max(100).optional(), data: z.unknown() }),
  trigger: z.string().max(50).optional(),
});
const DialogValue = z.object({ data: z.unknown() });

export function createReceive(parts: ReceiveParts): Receive {
  const { log } = parts;

  async function onMessage(activity: TeamsActivity): Promise<void> {
    const data = readActionData(activity.value);
    const { shared } = originOf(activity);
    if (!data && shared && !mentionsBot(activity)) return;
    const known = parts.remember(activity);
    const person = personOf(activity);
    if (!person) {
      await known;
      // Two bots that are polite to each other would never end.
      if (activity.from.id.startsWith('28:')) return log.info({}, 'A message of another bot is not answered');
      return parts.refuse(activity, nobodyView());
    }
    if (data?.pw === 'back') return;
    const request = data ? clickRequest(activity, person, data) : await wordsOf(activity, person, shared);
    if (request) return parts.byMessage(request, known);
    if (data)
      log.warn({ pw: data.pw }, 'A submitted Teams card was dropped: its data does not hold together');
  }

  /** Undefined where nothing was said: a picture, a file. */
  async function wordsOf(
    activity: TeamsActivity,
    person: Person,
    shared: boolean,
  ): Promise<Request | undefined> {
    if (activity.value !== undefined && !activity.text) return undefined;
    const said = await plainText(activity, parts.whoIs(activity));
    return said || shared ? wordsRequest(activity, person, said) : undefined;
  }

  async function onCard(
    activity: TeamsActivity,
    person: Person,
    known: Promise<void>,
  ): Promise<InvokeAnswer> {
    const value = CardValue.safeParse(activity.value);
    const data = value.success ? readActionData(value.data.action.data) : undefined;
    if (!value.success || !data || (value.data.action.verb ?? data.pw) !== data.pw)
      return errorAnswer(400, BROKEN);
    if (data.pw === 'back') return parts.back(activity, person);
    const automatic = data.pw === 'mine' && value.data.trigger === 'automatic';
    const request = clickRequest(activity, person, data, automatic);
    return request ? parts.inCard(request, known) : errorAnswer(400, BROKEN);
  }

  async function onDialog(
    activity: TeamsActivity,
    person: Person,
    known: Promise<void>,
  ): Promise<InvokeAnswer> {
    const value = DialogValue.safeParse(activity.value);
    const data = value.success ? readActionData(value.data.data) : undefined;
    const request = data && data.pw !== 'back' ? clickRequest(activity, person, data) : undefined;
    return request ? parts.inDialog(request, known) : badRequest(BROKEN);
  }

  /** Buttons in the dialog of a message's menu come back under the same name, with their data. */
  async function onMenu(
    activity: TeamsActivity,
    person: Person,
    known: Promise<void>,
  ): Promise<InvokeAnswer> {
    const value = DialogValue.safeParse(activity.value);
    if (value.success && readActionData(value.data.data)) return onDialog(activity, person, known);
    const request = shortcutRequest(activity, person);
    return request
      ? parts.inDialog(request, known)
      : badRequest('Pennywatch has no such entry in the menu of a message.');
  }

  async function onInvoke(activity: TeamsActivity): Promise<InvokeAnswer> {
    const { name } = activity;
    const answers = {
      'adaptiveCard/action': onCard,
      'task/fetch': onDialog,
      'task/submit': onDialog,
      'composeExtension/fetchTask': onMenu,
      'composeExtension/submitAction': onMenu,
    };
    const answer = new Map(Object.entries(answers)).get(name ?? '');
    if (!answer) return notImplemented(name);
    const person = personOf(activity);
    if (!person) return answer === onCard ? toastAnswer(NOBODY) : dialogWords(NOBODY);
    return answer(activity, person, parts.remember(activity));
  }

  return async (activity) => {
    switch (activity.type) {
      case 'message':
        parts.inBackground(onMessage(activity));
        return undefined;
      case 'conversationUpdate':
      case 'installationUpdate':
        parts.inBackground(parts.greet(activity));
        return undefined;
      case 'invoke':
        try {
          return await onInvoke(activity);
        } catch (error) {
          log.error({ err: error, name: activity.name }, 'A Teams invoke could not be answered');
          return errorAnswer(500, 'Pennywatch could not answer: an unexpected error on our side. Try again.');
        }
      default:
        return undefined;
    }
  };
}
