/** What the sandbox's server and its page say to each other. Types only: both sides import it. */
export interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly [key: string]: unknown;
}

export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly size: number;
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
}

export interface MessageView {
  readonly ts: string;
  readonly channel: string;
  /** Person, bot or `USLACKBOT`. */
  readonly user: string;
  readonly app: boolean;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly files: readonly FileView[];
  readonly threadTs?: string;
  readonly ephemeral: boolean;
  readonly edited: boolean;
  readonly replyCount: number;
  readonly replyUsers: readonly string[];
  readonly latestReply?: string;
  readonly alsoInChannel: boolean;
}

export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly topic: string;
  readonly kind: 'channel' | 'private' | 'direct';
  readonly memberIds: readonly string[];
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly colour: string;
}

export interface ModalView {
  readonly id: string;
  readonly title: string;
  readonly submit?: string;
  readonly close: string;
  readonly blocks: readonly Block[];
  readonly hash: string;
}

/** What the app shows this person under "Home". */
export interface HomeView {
  readonly id: string;
  readonly blocks: readonly Block[];
}

export interface CommandView {
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
  readonly examples: readonly string[];
}

export interface ShortcutView {
  readonly callbackId: string;
  readonly name: string;
  readonly description: string;
}

/** A page beside the workspace. */
export interface LinkView {
  readonly label: string;
  readonly meaning: string;
  readonly path: string;
}

/** Everything one person sees. */
export interface Snapshot {
  readonly team: { readonly id: string; readonly name: string };
  readonly me: string;
  readonly bot: PersonView;
  readonly people: readonly PersonView[];
  readonly usergroups: readonly { readonly id: string; readonly handle: string }[];
  readonly commands: readonly CommandView[];
  /** Entries of every message's menu. */
  readonly shortcuts: readonly ShortcutView[];
  readonly channels: readonly ChannelView[];
  readonly messages: readonly MessageView[];
  readonly files: readonly FileView[];
  readonly modals: readonly ModalView[];
  readonly home: HomeView | null;
  readonly links: readonly LinkView[];
}

export type PageEvent =
  | { readonly kind: 'message'; readonly message: MessageView; readonly files: readonly FileView[] }
  | { readonly kind: 'deleted'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'modals'; readonly modals: readonly ModalView[]; readonly files: readonly FileView[] }
  | { readonly kind: 'home'; readonly home: HomeView; readonly files: readonly FileView[] }
  | { readonly kind: 'channel'; readonly channel: ChannelView };

/** What an element's click, choice or input sends; Slack's own field names. */
export interface ActionValue {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** By block_id, then action_id, as in Slack's `state.values`. */
export type FormValues = Readonly<Record<string, Readonly<Record<string, ActionValue>>>>;

export interface CommandRequest {
  readonly person: string;
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
}

export interface ActionRequest {
  readonly person: string;
  readonly blockId: string;
  readonly actionId: string;
  readonly action: ActionValue;
  readonly values: FormValues;
  /** Where the element sits: a message, a modal, or the app's home. */
  readonly channel?: string;
  readonly ts?: string;
  readonly viewId?: string;
}

/** Somebody opens a tab of the app. */
export interface HomeRequest {
  readonly person: string;
  readonly tab: 'home' | 'messages';
}

/** Something chosen from a message's menu. */
export interface ShortcutRequest {
  readonly person: string;
  readonly channel: string;
  readonly ts: string;
  readonly callbackId: string;
}

export interface ViewRequest {
  readonly person: string;
  readonly viewId: string;
  readonly values: FormValues;
}

/** Answer to every request of the page. `errors` are by block_id. */
export interface PageAnswer {
  readonly ok: boolean;
  readonly error?: string;
  readonly errors?: Readonly<Record<string, string>>;
}
