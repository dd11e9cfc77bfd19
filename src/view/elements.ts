/**
 * The neutral message. Messages are composed of these elements and nothing else; each chat platform
 * has one exhaustive renderer for them. Text is parsed structure (spans), so that no value — a tag,
 * a file name, what somebody typed — can ever become markup or a mention.
 */
import type { ChartSpec } from './charts/types.ts';

export type Span =
  | { readonly kind: 'text'; readonly text: string; readonly style?: 'bold' | 'italic' | 'code' }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** Pings that person or user group: only for somebody who must act. `name` is the text fallback. */
  | {
      readonly kind: 'mention';
      readonly who: 'user' | 'group';
      /** Per platform, e.g. { slack: "U0123ABCD" }; where one is not here, the name stands alone. */
      readonly ids: Readonly<Record<string, string>>;
      readonly name: string;
    };

export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** What a click asks for. Kept on our side; the platform only carries the button's opaque id. */
export type ButtonAction =
  /** Answer this command text, replacing the clicked message for the person who clicked. */
  | { readonly do: 'command'; readonly text: string }
  /** Post the answer of this command text in the channel, in the clicker's name. */
  | { readonly do: 'share'; readonly text: string }
  /** Open the form with this id; `text` is the command it starts from. */
  /**
   * Open the form with this id; `text` is the command it starts from. `slow`: it asks others before it can be shown, so
   * an empty dialog that says so is opened first.
   */
  | { readonly do: 'form'; readonly form: string; readonly text: string; readonly slow?: boolean };

export interface Button {
  readonly label: string;
  readonly style?: 'primary' | 'danger';
  readonly action: ButtonAction;
  /** Works one time, for whoever is first: a decision. Refused clicks do not count. */
  readonly once?: boolean;
  /** Hours it works; a week unless told. */
  readonly hours?: number;
  /** Opaque id, given by `flows/register-buttons` before a platform renders the view. */
  readonly id?: string;
}

export type Element =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly spans: readonly Span[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Span[])[]; readonly ordered?: boolean }
  | {
      readonly kind: 'fields';
      readonly fields: readonly { readonly label: string; readonly value: readonly Span[] }[];
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly string[])[];
      /** Said below when the message leaves rows out, e.g. "and 12 more, $430". */
      readonly more?: string;
    }
  | { readonly kind: 'chart'; readonly chart: ChartSpec }
  | {
      readonly kind: 'actions';
      readonly buttons: readonly Button[];
      /** Only for those who may decide: where people can be shown different things, others do not see it (see `View.mine`). */
      readonly deciders?: boolean;
    }
  | { readonly kind: 'context'; readonly spans: readonly Span[] }
  | { readonly kind: 'divider' };

export interface View {
  readonly elements: readonly Element[];
  /** What some see in its place, where a platform can show a message differently to different people. */
  readonly mine?: PersonalView;
}

/** Only a matter of what is shown: what somebody may do is decided when they do it. */
export interface PersonalView {
  /** What it answers in a person's name is what that person sees. Offered to the others as a button in the deciders' place. */
  readonly button: Button;
  /** Who sees it without asking: their ids per platform. */
  readonly people: readonly Readonly<Record<string, string>>[];
}

/** A dialog: Slack modal, Teams task module. */
export interface Form {
  /** Which form it is; the dispatcher knows what to do with its values. */
  readonly form: string;
  /** The command text it starts from. */
  readonly text: string;
  readonly title: string;
  /** What the button says; absent: there is nothing to send, only to read. */
  readonly submit?: string;
  /** Shown above the fields, below the intro; or below the field named `bodyBelow`. */
  readonly body?: readonly Element[];
  readonly bodyBelow?: string;
  readonly intro?: readonly Span[];
  readonly fields: readonly FormField[];
  /** Opaque id, given before a platform renders the form. */
  readonly id?: string;
}

export type FormField =
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly label: string;
      readonly value?: string;
      readonly placeholder?: string;
      readonly optional?: boolean;
      readonly hint?: string;
      /** A box of several lines. */
      readonly long?: boolean;
    }
  /** Several of a list; its value is the chosen values joined by ",". */
  | {
      readonly kind: 'checks';
      readonly name: string;
      readonly label: string;
      readonly options: readonly {
        readonly value: string;
        readonly label: string;
        readonly detail?: string;
      }[];
      /** Values that are checked at first. */
      readonly values: readonly string[];
      readonly optional?: boolean;
      readonly hint?: string;
    }
  | {
      readonly kind: 'date';
      readonly name: string;
      readonly label: string;
      /** YYYY-MM-DD */
      readonly value?: string;
      readonly optional?: boolean;
      readonly hint?: string;
    }
  | {
      readonly kind: 'select';
      readonly name: string;
      readonly label: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly value?: string;
      readonly optional?: boolean;
    };

export const text = (value: string): Span => ({ kind: 'text', text: value });
export const bold = (value: string): Span => ({ kind: 'text', text: value, style: 'bold' });
export const italic = (value: string): Span => ({ kind: 'text', text: value, style: 'italic' });
export const code = (value: string): Span => ({ kind: 'text', text: value, style: 'code' });
