/** The part of Adaptive Cards 1.5 that we write, and what Teams adds to it. */

export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly version: '1.5';
  readonly body: readonly CardElement[];
  readonly actions?: readonly CardAction[];
  readonly refresh?: CardRefresh;
  /** Teams' own: full width, and who is mentioned. */
  readonly msteams?: {
    readonly width?: 'Full';
    readonly entities?: readonly CardMention[];
  };
}

/** `text` stands in a TextBlock of the card, exactly so. */
export interface CardMention {
  readonly type: 'mention';
  readonly text: string;
  /** `id`: Entra object id. */
  readonly mentioned: { readonly id: string; readonly name: string };
}

/** Which action is run for these people when they see the card: its answer replaces the card for them. */
export interface CardRefresh {
  readonly action: ExecuteAction;
  /** "29:…", at most 60. */
  readonly userIds: readonly string[];
}

export type CardElement =
  | TextBlock
  | RichTextBlock
  | CardImage
  | CardContainer
  | ColumnSet
  | CardTable
  | ActionSet
  | TextInput
  | ChoiceInput
  | DateInput
  | NativeChart;

interface Placed {
  readonly id?: string;
  readonly isVisible?: boolean;
  readonly separator?: boolean;
  readonly spacing?: 'None' | 'Small' | 'Default' | 'Medium' | 'Large' | 'ExtraLarge' | 'Padding';
}

interface TextLook {
  readonly size?: 'Small' | 'Default' | 'Medium' | 'Large' | 'ExtraLarge';
  readonly weight?: 'Lighter' | 'Default' | 'Bolder';
  readonly color?: 'Default' | 'Dark' | 'Light' | 'Accent' | 'Good' | 'Warning' | 'Attention';
  readonly isSubtle?: boolean;
  readonly fontType?: 'Default' | 'Monospace';
}

type Horizontal = 'Left' | 'Center' | 'Right';

/** Its text is markdown, and the only place where somebody can be mentioned. */
export interface TextBlock extends Placed, TextLook {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly wrap?: boolean;
  readonly style?: 'default' | 'heading';
  readonly horizontalAlignment?: Horizontal;
}

/** Its runs are shown literally. */
export interface RichTextBlock extends Placed {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly TextRun[];
  readonly horizontalAlignment?: Horizontal;
}

export interface TextRun extends TextLook {
  readonly type: 'TextRun';
  readonly text: string;
  readonly italic?: boolean;
  readonly selectAction?: OpenUrlAction;
}

export interface CardImage extends Placed {
  readonly type: 'Image';
  readonly url: string;
  readonly altText: string;
  readonly size?: 'Auto' | 'Stretch' | 'Small' | 'Medium' | 'Large';
  /** Teams' own: a click opens it large. */
  readonly msteams?: { readonly allowExpand: boolean };
}

export interface CardContainer extends Placed {
  readonly type: 'Container';
  readonly items: readonly CardElement[];
  readonly style?: 'default' | 'emphasis' | 'good' | 'attention' | 'warning' | 'accent';
}

export interface ColumnSet extends Placed {
  readonly type: 'ColumnSet';
  readonly columns: readonly CardColumn[];
}

export interface CardColumn extends Placed {
  readonly type: 'Column';
  /** Pixels as "24px", or a weight. */
  readonly width: 'auto' | 'stretch' | `${number}px` | number;
  readonly items: readonly CardElement[];
}

export interface CardTable extends Placed {
  readonly type: 'Table';
  readonly columns: readonly {
    readonly width: number;
    readonly horizontalCellContentAlignment?: Horizontal;
  }[];
  readonly rows: readonly CardTableRow[];
  readonly firstRowAsHeader: boolean;
  readonly showGridLines: boolean;
}

export interface CardTableRow {
  readonly type: 'TableRow';
  readonly cells: readonly { readonly type: 'TableCell'; readonly items: readonly CardElement[] }[];
}

export interface ActionSet extends Placed {
  readonly type: 'ActionSet';
  readonly actions: readonly CardAction[];
}

interface InputFrame extends Placed {
  readonly id: string;
  readonly label: string;
  readonly isRequired?: boolean;
  readonly errorMessage?: string;
}

export interface TextInput extends InputFrame {
  readonly type: 'Input.Text';
  readonly isMultiline?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly value?: string;
}

export interface ChoiceInput extends InputFrame {
  readonly type: 'Input.ChoiceSet';
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly isMultiSelect?: boolean;
  readonly style?: 'compact' | 'expanded';
  /** Several are joined by ",". */
  readonly value?: string;
  readonly placeholder?: string;
  readonly wrap?: boolean;
}

export interface DateInput extends InputFrame {
  readonly type: 'Input.Date';
  /** YYYY-MM-DD */
  readonly value?: string;
}

/** Not part of 1.5: drawn by newer clients, the others show the fallback. */
export type NativeChart = Placed & {
  readonly title: string;
  readonly fallback: CardElement;
} & (
    | {
        readonly type: 'Chart.Line';
        readonly data: readonly NativeSeries[];
        readonly yAxisTitle?: string;
      }
    | {
        readonly type: 'Chart.VerticalBar.Grouped';
        readonly stacked: boolean;
        readonly data: readonly NativeSeries[];
        readonly yAxisTitle?: string;
      }
  );

export interface NativeSeries {
  readonly legend: string;
  readonly color?: string;
  readonly values: readonly { readonly x: string; readonly y: number }[];
}

export type CardAction = ExecuteAction | SubmitAction | OpenUrlAction;

interface ActionFrame {
  readonly title: string;
  readonly style?: 'default' | 'positive' | 'destructive';
  /** "none": what is filled in is neither checked nor sent. */
  readonly associatedInputs?: 'auto' | 'none';
}

/** Answered with a card for the person who clicked; a client too old for it submits the fallback. */
export interface ExecuteAction extends ActionFrame {
  readonly type: 'Action.Execute';
  readonly verb: string;
  readonly data: CardData;
  readonly fallback?: SubmitAction;
}

export interface SubmitAction extends ActionFrame {
  readonly type: 'Action.Submit';
  readonly data: CardData;
}

export interface OpenUrlAction {
  readonly type: 'Action.OpenUrl';
  readonly url: string;
  readonly title?: string;
}

/** What a click sends back, together with what was filled in. See data-of-action.ts. */
export type CardData = Readonly<Record<string, unknown>>;
