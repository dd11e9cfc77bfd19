/** What every chat platform gives and takes. Nothing here knows what a budget or an anomaly is. */
import type { Actor } from '../core/actor.ts';
import type { Conversation } from '../core/conversation.ts';
import type { ChartSpec } from '../view/charts/types.ts';
import type { Form, View } from '../view/elements.ts';

export type { Conversation } from '../core/conversation.ts';

/** A verified request from a person, already free of the platform's own shapes. */
export type Interaction =
  | {
      readonly kind: 'command';
      readonly text: string;
      readonly actor: Actor;
      readonly conversation: Conversation;
    }
  | {
      readonly kind: 'button';
      readonly buttonId: string;
      readonly actor: Actor;
      readonly conversation: Conversation;
    }
  | {
      readonly kind: 'form';
      readonly formId: string;
      readonly values: Readonly<Record<string, string>>;
      readonly actor: Actor;
      readonly conversation: Conversation;
    }
  /** A plain sentence: the bot was mentioned, or written to directly. Answers go to the conversation's thread. */
  | {
      readonly kind: 'sentence';
      readonly text: string;
      readonly actor: Actor;
      readonly conversation: Conversation;
    }
  /** Somebody opened the app's home. */
  | { readonly kind: 'home'; readonly actor: Actor; readonly conversation: Conversation }
  /** Something chosen from a message's menu. */
  | {
      readonly kind: 'shortcut';
      readonly shortcut: MessageShortcut;
      readonly message: ChosenMessage;
      readonly actor: Actor;
      readonly conversation: Conversation;
    }
  /** A reply that carried a `command` was posted: where it is now. Needs no answer. */
  | {
      readonly kind: 'posted';
      readonly command: string;
      readonly messageId: string;
      readonly actor: Actor;
      readonly conversation: Conversation;
    };

export const MESSAGE_SHORTCUTS = ['share', 'pin'] as const;
/** share: answer what the message asks (or shows) for everybody. pin: put it into the team's next weekly report. */
export type MessageShortcut = (typeof MESSAGE_SHORTCUTS)[number];

export interface ChosenMessage {
  readonly id: string;
  /** Plain text, without the platform's markup. */
  readonly text: string;
  /** Platform id of who wrote it; absent for the bot's own. */
  readonly author?: string;
  readonly authorName?: string;
}

export type Reply =
  /** Only the asker sees it; `replace` rewrites the message that was clicked. */
  | { readonly kind: 'private'; readonly view: View; readonly replace?: boolean }
  /** Everybody in the conversation sees it. */
  | {
      readonly kind: 'public';
      readonly view: View;
      /** The command it answers: the platform tells back where the message is, with a `posted` interaction. */
      readonly command?: string;
    }
  | { readonly kind: 'form'; readonly form: Form }
  /** What the person sees on the app's home. */
  | { readonly kind: 'home'; readonly view: View };

/** What a platform knows of people now. */
export interface Directory {
  /** Undefined for an id it does not know. Throws UPSTREAM when it does not answer. */
  person(id: string): Promise<DirectoryPerson | undefined>;
  /** Ids of the people in a user group, by its id or "@handle"; undefined when there is none. Throws UPSTREAM. */
  groupMembers(group: string): Promise<readonly string[] | undefined>;
  /** Which workspace (tenant) is ours; absent where a platform has only one. Throws UPSTREAM. */
  workspace?(): Promise<string>;
  /** Absent where people cannot be found so. Undefined for an e-mail it does not know. Throws UPSTREAM. */
  personByEmail?(email: string): Promise<DirectoryPerson | undefined>;
}

export interface DirectoryPerson {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  /** False: deactivated. */
  readonly active: boolean;
  readonly kind: 'member' | 'guest' | 'bot';
  /** Workspace (tenant) the person belongs to. */
  readonly workspace?: string;
}

/** Answers an interaction. Never throws for a user's mistake: that is a view too. */
export type Dispatch = (interaction: Interaction) => Promise<readonly Reply[]>;

/** Draws a chart as PNG, at 2× density unless told. */
export type DrawChart = (chart: ChartSpec, options?: { readonly density?: number }) => Promise<Uint8Array>;

/** Where a delivered message is, so that it can be updated in place. */
export interface MessageRef {
  readonly platform: string;
  readonly channel: string;
  readonly id: string;
  /** Message in whose thread it is, where a platform needs that to find it. */
  readonly thread?: string;
}

export interface DeliverOptions {
  /** Names the message, unseen, so that a later look finds it. */
  readonly key?: string;
  /** An earlier attempt may have been accepted: look for the key first, and post only if it is not there. */
  readonly mayBeThere?: boolean;
}

export interface ChatPlatform {
  readonly id: string;
  /** Native payload of a view without its pictures; pure, for goldens and files. */
  render(view: View): unknown;
  /** Posts a view, pictures included, and resolves when the platform has accepted it. */
  deliver(target: Conversation, view: View, options?: DeliverOptions): Promise<MessageRef>;
  update(ref: MessageRef, view: View): Promise<void>;
  /** Starts receiving (Socket Mode) if the platform needs to; HTTP platforms are mounted by http.ts. */
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly directory: Directory;
  /** Whether the credentials work, in words; used by doctor. */
  check(): Promise<{ readonly ok: boolean; readonly detail: string; readonly mend?: string }>;
}
