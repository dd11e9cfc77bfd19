/** Where people talk: a channel, perhaps a thread in it. */
export interface Conversation {
  readonly platform: string;
  readonly workspace?: string;
  readonly channel: string;
  readonly thread?: string;
  /** Only the asker and the bot are in it. Slack's ids say so themselves. */
  readonly direct?: boolean;
}
