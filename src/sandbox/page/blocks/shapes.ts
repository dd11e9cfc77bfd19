/** Block Kit's shapes, as far as the page draws them itself. The server has already checked them. */
import type { ActionValue, Block } from '../../wire.ts';

export interface TextObject {
  readonly type: 'plain_text' | 'mrkdwn';
  readonly text: string;
}

export interface Confirm {
  readonly title: TextObject;
  readonly text: TextObject;
  readonly confirm: TextObject;
  readonly deny: TextObject;
  readonly style?: 'primary' | 'danger';
}

export interface Option {
  readonly text: TextObject;
  readonly value: string;
  readonly description?: TextObject;
}

/** Any interactive element; which fields are there depends on `type`. */
export interface InteractiveElement {
  readonly type: string;
  readonly action_id: string;
  readonly text?: TextObject;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
  readonly accessibility_label?: string;
  readonly confirm?: Confirm;
  readonly placeholder?: TextObject;
  readonly options?: readonly Option[];
  readonly option_groups?: readonly { readonly label: TextObject; readonly options: readonly Option[] }[];
  readonly initial_option?: Option;
  readonly initial_options?: readonly Option[];
  readonly initial_value?: string;
  readonly initial_date?: string;
  readonly initial_time?: string;
  readonly initial_user?: string;
  readonly initial_channel?: string;
  readonly initial_conversation?: string;
  readonly multiline?: boolean;
  readonly min_length?: number;
  readonly max_length?: number;
}

/** What every interactive element's component gets. */
export interface ElementProps {
  readonly element: InteractiveElement;
  readonly label: string;
  readonly value: ActionValue | undefined;
  readonly busy: boolean;
  choose(action: ActionValue): void;
}

export interface ImageShape {
  readonly image_url?: string;
  readonly slack_file?: unknown;
  readonly alt_text: string;
  readonly title?: TextObject;
}

export interface Cell extends Block {
  readonly text?: string;
  readonly value?: number;
}

export const allOptions = (element: InteractiveElement): readonly Option[] =>
  element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
