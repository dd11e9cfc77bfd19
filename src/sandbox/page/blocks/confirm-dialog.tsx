/** "Are you sure?" before an element acts. */
import { Dialog } from '../dialog.tsx';
import type { Confirm } from './shapes.ts';
import { Text } from './text.tsx';

export function ConfirmDialog({ confirm, onAnswer }: { confirm: Confirm; onAnswer: (yes: boolean) => void }) {
  return (
    <Dialog title={confirm.title.text} testId="confirm" onClose={() => onAnswer(false)} narrow>
      <div className="dialog-body">
        <Text {...confirm.text} />
      </div>
      <footer>
        <button type="button" className="slack-button" onClick={() => onAnswer(false)}>
          {confirm.deny.text}
        </button>
        <button
          type="button"
          className={`slack-button filled ${confirm.style ?? ''}`}
          onClick={() => onAnswer(true)}
        >
          {confirm.confirm.text}
        </button>
      </footer>
    </Dialog>
  );
}
