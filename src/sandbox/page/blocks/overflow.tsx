/** The "⋯" menu. */
import { useMenu } from '../use-menu.ts';
import type { ElementProps } from './shapes.ts';

export function Overflow({ element, busy, choose }: ElementProps) {
  const { open, setOpen, menu } = useMenu();
  return (
    <div className="overflow" ref={menu}>
      <button
        type="button"
        className="slack-button"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={busy}
        onClick={() => setOpen(!open)}
      >
        {busy ? <span className="spinner" aria-hidden="true" /> : '⋯'}
      </button>
      {open && (
        <div className="menu" role="menu">
          {element.options?.map((option) => (
            <button
              type="button"
              role="menuitem"
              key={option.value}
              onClick={() => {
                setOpen(false);
                choose({ type: 'overflow', selected_option: option });
              }}
            >
              {option.text.text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
