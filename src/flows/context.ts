/** What every flow and command is handed: built once by main.ts, never looked up. */
import type { Directory } from '../chat/types.ts';
import type { Logger } from '../core/log.ts';
import type { Settings } from '../core/settings.ts';
import type { Store } from '../store/open.ts';
import type { Sentences } from '../view/templates/sentence.ts';
import type { ButtonShelf } from './button-shelf.ts';
import type { ActionParts } from './proposals/types.ts';

export interface Context {
  /** The clock, milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Logger;
  readonly settings: Settings;
  readonly store: Store;
  /** Buttons on their way into the database; absent where a command may wait for them. */
  readonly shelf?: ButtonShelf;
  /** Per chat platform, who people are there now; absent where no platform is set up. */
  readonly directories?: Readonly<Record<string, Directory>>;
  /** What may be done at providers, and how; absent where nothing can be. */
  readonly acting?: ActionParts;
  /** The words of reports; absent for the ones in the program's own `templates` folder. */
  readonly sentences?: Sentences;
}
