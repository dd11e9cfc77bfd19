/** Where people talk: a channel, perhaps a thread in it. */
export interface Conversation {
  readonly platform: string;
  readonly workspace?: string;
  readonly channel: string;
  readonly thread?: string;
}
