/** What every chat platform gives and takes. Nothing here knows what a budget or an anomaly is. */
import type { Actor } from '../core/actor.ts';
import type { ChartSpec } from '../view/charts/types.ts';
import type { Form, View } from '../view/elements.ts';

export interface Conversation {
  readonly platform: string;
  readonly workspace?: string;
  readonly channel: string;
  readonly thread?: string;
}

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
    };

export type Reply =
  /** Only the asker sees it; `replace` rewrites the message that was clicked. */
  | { readonly kind: 'private'; readonly view: View; readonly replace?: boolean }
  /** Everybody in the conversation sees it. */
  | { readonly kind: 'public'; readonly view: View }
  | { readonly kind: 'form'; readonly form: Form };

/** Answers an interaction. Never throws for a user's mistake: that is a view too. */
export type Dispatch = (interaction: Interaction) => Promise<readonly Reply[]>;

/** Draws a chart as PNG at 2× density. */
export type DrawChart = (chart: ChartSpec) => Promise<Uint8Array>;

/** Where a delivered message is, so that it can be updated in place. */
export interface MessageRef {
  readonly platform: string;
  readonly channel: string;
  readonly id: string;
}

export interface ChatPlatform {
  readonly id: string;
  /** Native payload of a view without its pictures; pure, for goldens and files. */
  render(view: View): unknown;
  /** Posts a view, pictures included, and resolves when the platform has accepted it. */
  deliver(target: Conversation, view: View): Promise<MessageRef>;
  update(ref: MessageRef, view: View): Promise<void>;
  /** Starts receiving (Socket Mode) if the platform needs to; HTTP platforms are mounted by http.ts. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether the credentials work, in words; used by doctor. */
  check(): Promise<{ readonly ok: boolean; readonly detail: string; readonly mend?: string }>;
}
