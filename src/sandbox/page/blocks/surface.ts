/** Where blocks stand (message, modal, home) and what their elements can do there. */
import { createContext, useContext } from 'react';
import type { ActionValue, FormValues } from '../../wire.ts';

export interface ElementUse {
  readonly blockId: string;
  readonly actionId: string;
  readonly action: ActionValue;
}

export interface Surface {
  readonly values: FormValues;
  /** Problems with what was filled in, by block_id. */
  readonly errors: Readonly<Record<string, string>>;
  /** The element that is being worked on, as blockId + "/" + actionId. */
  readonly busy: string;
  /** Keeps a value without telling the app. */
  fill(use: ElementUse): void;
  /** Keeps the value and tells the app. */
  act(use: ElementUse): void;
}

export const SurfaceContext = createContext<Surface | undefined>(undefined);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('This block stands outside a message or modal.');
  return surface;
}
