/** A small menu that closes when one clicks elsewhere or presses Escape. */
import { type RefObject, useEffect, useRef, useState } from 'react';

export function useMenu(): {
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  readonly menu: RefObject<HTMLDivElement | null>;
} {
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const leave = (event: MouseEvent | KeyboardEvent): void => {
      const away =
        event instanceof KeyboardEvent
          ? event.key === 'Escape'
          : !menu.current?.contains(event.target as Node);
      if (away) setOpen(false);
    };
    document.addEventListener('mousedown', leave);
    document.addEventListener('keydown', leave);
    return () => {
      document.removeEventListener('mousedown', leave);
      document.removeEventListener('keydown', leave);
    };
  }, [open]);
  return { open, setOpen, menu };
}
