/** What a sandbox workspace is made of and how it is started. */
export interface SeedPerson {
  readonly id: string;
  /** Full name as shown, e.g. "Mira Chen". */
  readonly name: string;
  readonly title: string;
  readonly email: string;
  /** CSS colour of the avatar. */
  readonly colour: string;
  /** IANA zone given to the app by users.info; default UTC. */
  readonly timeZone?: string;
}

export interface SeedChannel {
  readonly id: string;
  readonly name: string;
  readonly topic: string;
  readonly memberIds: readonly string[];
  readonly private?: boolean;
}

export interface SeedUserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name?: string;
  readonly members: readonly string[];
}

export interface SeedCommand {
  /** With its slash: "/cost". */
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
  /** Whole command lines offered as one-click examples in an empty channel. */
  readonly examples?: readonly string[];
}

/** An entry of every message's menu. */
export interface SeedShortcut {
  readonly callbackId: string;
  readonly name: string;
  readonly description: string;
}

/** A page beside the workspace, shown in its sidebar and where a channel begins. */
export interface SeedLink {
  readonly label: string;
  /** What is seen there, after the label. */
  readonly meaning: string;
  /** Relative to the workspace's own page: "cloud/". */
  readonly path: string;
}

export interface WorkspaceSeed {
  readonly teamId: string;
  readonly teamName: string;
  readonly botUserId: string;
  readonly botName: string;
  readonly people: readonly SeedPerson[];
  readonly channels: readonly SeedChannel[];
  readonly usergroups: readonly SeedUserGroup[];
  readonly commands: readonly SeedCommand[];
  /** Default: those of the app's manifest. */
  readonly shortcuts?: readonly SeedShortcut[];
  readonly links?: readonly SeedLink[];
}

/** The part of a pino logger that the sandbox uses. */
export interface SandboxLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface RateLimit {
  /** Messages per second and channel that refill the burst. */
  readonly perSecond: number;
  /** Messages that may be posted at once. */
  readonly burst: number;
}

export interface SandboxOptions {
  readonly signingSecret: string;
  readonly botToken: string;
  /** Where the app receives commands and clicks, e.g. "http://127.0.0.1:4600/slack/events". */
  readonly appUrl: () => string;
  readonly workspace: WorkspaceSeed;
  /** Milliseconds since the epoch; must advance. Requests are signed with the machine's own clock. */
  readonly now: () => number;
  readonly log: SandboxLog;
  /** Root under which the sandbox is reached by app and browser; needed only without `listen`. */
  readonly publicUrl?: () => string;
  /** How long an uploaded file stays unprocessed; default 400. */
  readonly fileProcessingMs?: number;
  /** How long the app may take to acknowledge; default Slack's 3000. */
  readonly ackTimeoutMs?: number;
  /** Lifetime of a trigger_id; default Slack's 3000. */
  readonly triggerMs?: number;
  /** Posting limit per channel; default 1 per second with a burst of 5; false switches it off. */
  readonly rateLimit?: RateLimit | false;
  /** OAuth scopes of the bot token; default: the ones of the app's manifest. */
  readonly scopes?: readonly string[];
  /** Events the app has subscribed to; default: the ones of the app's manifest. */
  readonly events?: readonly string[];
  /** Waits before an event that was not acknowledged is sent again; default Slack's: at once, 1 and 5 minutes. */
  readonly eventRetryMs?: readonly number[];
  /** Folder of the built page; default: where `scripts/build-page.mjs` puts it. */
  readonly pageDir?: string;
}
