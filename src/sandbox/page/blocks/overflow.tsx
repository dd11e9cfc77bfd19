/** The "⋯" menu. */

import { useEffect, useRef, useState } from 'react';
import type { ElementProps } from './shapes.ts';

export function Overflow({ element, busy, choose }: ElementProps) {
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const leave = (event: MouseEvent | KeyboardEvent): void => {
      if (
        event instanceof KeyboardEvent
          ? event.key === 'Escape'
          : !menu.current?.contains(event.target as Node)
      ) {
        setOpen(false);
      }
    };
    document.addEventListener('mousedown', leave);
    document.addEventListener('keydown', leave);
    return () => {
      document.removeEventListener('mousedown', leave);
      document.removeEventListener('keydown', leave);
    };
  }, [open]);
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
