/** Which of two modes is the more careful one. */
import { ACTION_MODES, type ActionMode } from '../../core/action.ts';

/** What was asked for when nothing was called is not called because the mode changed since. */
export function stricter(a: ActionMode, b: ActionMode): ActionMode {
  return ACTION_MODES.indexOf(a) < ACTION_MODES.indexOf(b) ? a : b;
}
