/** What the people's Teams can show, as far as we know beforehand. */
import type { TeamsConfig } from './config.ts';

export interface ClientAbilities {
  /** Form buttons open Teams dialogs; else the form takes the place of the clicked card. */
  readonly dialogs: boolean;
  /** People can be shown views of their own; else everybody sees every button, and who may is decided on the click. */
  readonly ownViews: boolean;
  /** Cards may be as wide as the conversation. */
  readonly fullWidth: boolean;
  /** Charts are drawn by the client, with the picture for those that cannot. */
  readonly nativeCharts: boolean;
}

/** Microsoft's local client, which is what `local` is for, has none of these by itself. */
export function abilitiesOf(config: TeamsConfig): ClientAbilities {
  const { local = false, nativeCharts = false, ownViews = !local } = config;
  return { dialogs: !local, ownViews, fullWidth: !local, nativeCharts };
}
