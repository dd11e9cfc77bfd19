/** What Teams refused, as an error a person can act on, in this one place. */
import { AppError } from '../../core/errors.ts';
import { type RefusalFacts, TeamsRefusal } from './errors.ts';

/** What Teams said of a call it did not take, also inside an AppError made here. */
export function refusalFacts(error: unknown): RefusalFacts | undefined {
  if (error instanceof TeamsRefusal) return error.facts;
  return error instanceof AppError ? refusalFacts(error.cause) : undefined;
}

/** Whether Teams refused the layout, so that a simpler message may still go through. */
export function isLayoutRefused(error: unknown): boolean {
  const { status } = refusalFacts(error) ?? {};
  return status === 400 || status === 413;
}

/** Whether the bot cannot write there: unknown to it, not installed, or blocked. */
export function isClosedToBot(error: unknown): boolean {
  if (error instanceof AppError && error.code === 'CONFIG') return true;
  const { status, code } = refusalFacts(error) ?? {};
  return status === 403 || (status === 404 && code !== 'ActivityNotFoundInConversation');
}

/** Whether a message, or the conversation it was in, is not there any more. */
export function isGone(error: unknown): boolean {
  return refusalFacts(error)?.status === 404;
}

/** Any thrown value from a call to Teams → AppError UPSTREAM with what to do; an AppError stays as it is. */
export function teamsError(error: unknown, doing: string): AppError {
  if (error instanceof AppError) return error;
  const facts = refusalFacts(error);
  if (!facts)
    return new AppError('UPSTREAM', `Teams could not be asked (${doing}).`, {
      hint: 'The log has the cause.',
      cause: error,
      uncertain: true,
    });
  const { message, hint } = wordsOf(facts, doing);
  return new AppError('UPSTREAM', message, { hint, cause: error, uncertain: facts.uncertain });
}

interface Words {
  readonly message: string;
  readonly hint: string;
}

const INSTALL: Words = {
  message: 'Teams refused: the Pennywatch app is not installed in that team or chat, or not for that person.',
  hint: 'Add the app there (in Teams: Apps → Pennywatch → Add to a team or chat; for one person: Add), then try again.',
};

/** By the connector's own code: https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability */
const BY_CODE: Readonly<Record<string, Words>> = {
  BotNotInConversationRoster: INSTALL,
  ForbiddenOperationException: INSTALL,
  NotEnoughPermissions: INSTALL,
  BotDisabledByAdmin: {
    message: 'Teams refused: an administrator has blocked the Pennywatch app.',
    hint: 'A Teams administrator can allow it: Teams admin center → Teams apps → Manage apps → Pennywatch.',
  },
  ConversationBlockedByUser: {
    message: 'Teams refused: that person has blocked messages of the Pennywatch app.',
    hint: 'They can unblock it in their chat with it, or you name somebody else.',
  },
  ConversationNotFound: {
    message: 'Teams does not know that channel or chat.',
    hint: 'It was deleted, or its id is wrong. Copy the id from the channel’s link, or write to Pennywatch there once.',
  },
  ActivityNotFoundInConversation: {
    message: 'That message is not in Teams any more.',
    hint: 'Somebody has removed it.',
  },
  BotNotRegistered: {
    message: 'Teams refused: it knows no bot with this app id.',
    hint: 'Check MicrosoftAppId, and that the Azure Bot has the Microsoft Teams channel switched on.',
  },
  NotSupported: {
    message: 'Teams could not be asked: there are no credentials that would allow it.',
    hint: 'The log has the cause.',
  },
};

const CREDENTIALS =
  'Check MicrosoftAppId, MicrosoftAppPassword (the secret’s Value, not expired), MicrosoftAppType and MicrosoftAppTenantId.';

function wordsOf({ status, code, retryAfter, uncertain }: RefusalFacts, doing: string): Words {
  const known = code && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  if (known) return known;
  if (code?.startsWith('AADSTS') || status === 401)
    return {
      message: `Microsoft does not accept the bot's credentials${code ? ` (${code})` : ''}.`,
      hint: CREDENTIALS,
    };
  if (status === undefined)
    return uncertain
      ? {
          message: `Teams did not answer (${doing}).`,
          hint: 'It may have been done all the same. Check the network and proxy of this server.',
        }
      : {
          message: `Teams could not be reached (${doing}).`,
          hint: 'Check the network and proxy of this server.',
        };
  switch (status) {
    case 403:
      return INSTALL;
    case 413:
      return { message: 'Teams refused: the message is too large.', hint: 'Ask for less at once.' };
    case 412:
    case 429:
      return {
        message: 'Teams is limiting how often Pennywatch may write there.',
        hint: `Try again in ${Math.max(1, Math.ceil((retryAfter ?? 60_000) / 1_000))} seconds.`,
      };
    default:
      return {
        message: `Teams answered with HTTP ${status}${code ? `, ${code}` : ''} (${doing}).`,
        hint:
          status >= 500
            ? 'Try again later; the Microsoft 365 status page says whether Teams has trouble.'
            : 'The log has the details.',
      };
  }
}
