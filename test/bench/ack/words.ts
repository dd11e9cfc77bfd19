/** What the bench's processes tell each other. */

export const SIGNING_SECRET = 'a-signing-secret';
export const BOT_TOKEN = 'xoxb-a-bot-token';

/** The organisation that is asked about: its last 60 days are as large as those of two years. */
export const BIG = { teams: 12, models: 200, days: 90 };

export interface ServeStart {
  /** Address of the database. */
  readonly url: string;
  readonly slackUrl: string;
}

export interface EchoStart {
  readonly slackUrl: string;
}

export interface LoadStart {
  readonly url: string;
  /** Where answers are to be sent. */
  readonly answerUrl: string;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface LoadResult {
  /** Milliseconds from sending to the acknowledgement, per command. */
  readonly times: readonly number[];
  /** Why commands were not acknowledged with 200. */
  readonly refused: readonly string[];
}
