/** Turns what the Slack SDK throws into errors a person can act on, in this one place. */
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { AppError } from '../../core/errors.ts';

/** A refusal Slack sent outside the Web API (response_url, upload URL). */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal';
  readonly code: string;
  /** Seconds to wait, when Slack named them. */
  readonly retryAfter: number | undefined;

  constructor(code: string, retryAfter?: number) {
    super(`Slack refused: ${code}`);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Slack's own word for what went wrong ("not_in_channel"), also inside an AppError made here. */
export function slackCode(error: unknown): string | undefined {
  if (error instanceof WebAPIPlatformError) return error.data.error;
  if (error instanceof SlackRefusal) return error.code;
  return error instanceof AppError ? slackCode(error.cause) : undefined;
}

/** Seconds Slack asks to wait, when it is a rate limit, also inside an AppError made here. */
export function retryAfterSeconds(error: unknown): number | undefined {
  if (error instanceof AppError) return retryAfterSeconds(error.cause);
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter;
  return error instanceof SlackRefusal ? error.retryAfter : undefined;
}

/** What Slack says about the blocks it refused, for the log. */
export function slackDetails(error: unknown): readonly string[] {
  if (error instanceof AppError) return slackDetails(error.cause);
  if (!(error instanceof WebAPIPlatformError)) return [];
  const data: { readonly errors?: unknown; readonly response_metadata?: { readonly messages?: unknown } } =
    error.data;
  return [data.errors, data.response_metadata?.messages].flat().filter((line) => typeof line === 'string');
}

/** Whether Slack refused the layout, so that a simpler message may still go through. */
export function isLayoutRefused(error: unknown): boolean {
  return /^(invalid_blocks|invalid_attachments|msg_blocks_too_long|msg_too_long|invalid_arguments|view_too_large)/.test(
    slackCode(error) ?? '',
  );
}

/** Whether the bot cannot post there: unknown to it, not invited, or closed. */
export function isClosedToBot(error: unknown): boolean {
  return /^(not_in_channel|channel_not_found|user_not_in_channel|is_archived|restricted_action.*|messages_tab_disabled)$/.test(
    slackCode(error) ?? '',
  );
}

/** Any thrown value from a Slack call → AppError UPSTREAM with what to do; an AppError stays as it is. */
export function slackError(error: unknown, method: string): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return upstream(
      error,
      `Slack is limiting how often we may call ${method}.`,
      `Try again in ${error.retryAfter} seconds.`,
    );
  }
  if (error instanceof WebAPIRequestError) {
    return upstream(
      error,
      `Slack could not be reached (${method}).`,
      'Check the network and proxy of this server.',
      !neverConnected(error),
    );
  }
  if (error instanceof WebAPIHTTPError) {
    return upstream(
      error,
      `Slack answered ${method} with HTTP ${error.statusCode}.`,
      'See status.slack.com; try again later.',
      error.statusCode >= 500,
    );
  }
  const code = slackCode(error);
  if (!code) return upstream(error, `Slack could not be asked (${method}).`, 'The log has the cause.');
  return upstream(error, `Slack refused ${method}: ${code}.`, hintFor(code, error));
}

function upstream(cause: unknown, message: string, hint: string, uncertain = false): AppError {
  return new AppError('UPSTREAM', message, { hint, cause, uncertain });
}

/** Whether the request cannot have reached Slack; otherwise only its answer may have been lost. */
function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, 'code');
  return (
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(
      String(code),
    ) || neverConnected(error.cause)
  );
}

function hintFor(code: string, error: unknown): string {
  switch (code) {
    case 'missing_scope':
      return `The Slack app lacks the scope ${neededScope(error)}. Add it under OAuth & Permissions (or install the manifest again) and reinstall the app.`;
    case 'not_in_channel':
    case 'user_not_in_channel':
      return 'Invite the app to the channel: type /invite @Pennywatch there.';
    case 'channel_not_found':
      return 'The channel does not exist or is private and the app is not in it: type /invite @Pennywatch there.';
    case 'user_not_found':
    case 'user_disabled':
      return 'That person is not in this workspace, or not any more: end their subscription, or name somebody else.';
    case 'is_archived':
      return 'The channel is archived. Unarchive it or choose another one.';
    case 'invalid_auth':
    case 'not_authed':
    case 'account_inactive':
    case 'token_revoked':
    case 'token_expired':
      return 'The bot token does not work. Copy the Bot User OAuth Token (xoxb-…) of the installed app into SLACK_BOT_TOKEN.';
    case 'ratelimited':
    case 'rate_limited':
      return 'Too many calls at once. Try again in a minute.';
    case 'expired_trigger_id':
    case 'exchanged_trigger_id':
      return 'Slack opens a dialog only within 3 seconds of the click. Click the button again.';
    case 'expired_url':
    case 'used_url':
      return 'Slack takes answers to a click or command for 30 minutes, five at most. Ask again.';
    default:
      return isLayoutRefused(error)
        ? 'Slack did not accept the layout; the log has its reasons.'
        : 'The log has the details.';
  }
}

function neededScope(error: unknown): string {
  if (!(error instanceof WebAPIPlatformError)) return 'named in the log';
  const needed: unknown = Reflect.get(error.data, 'needed');
  return typeof needed === 'string' && needed ? needed : 'named in the log';
}
