/** The few drawn signs of the page. */
export function ThemeIcon({ theme }: { theme: 'light' | 'dark' }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      {theme === 'dark' ? (
        <>
          <circle cx="10" cy="10" r="3.6" />
          <path
            d="M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.300l1.4 1.400M14.3 14.300l1.4 1.400M4.3 15.700l1.4-1.400M14.3 5.700l1.4-1.4"
            strokeLinecap="round"
          />
        </>
      ) : (
        <path d="M16.5 12.200A7 7 0 0 1 7.8 3.500a7 7 0 1 0 8.7 8.700z" strokeLinejoin="round" />
      )}
    </svg>
  );
}

export function SendIcon() {
  return (
    <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
      <path
        fill="currentColor"
        d="M2.2 2.600a.8.8 0 0 1 1.1-.8l15 7.500a.8.8 0 0 1 0 1.400l-15 7.500a.8.8 0 0 1-1.1-.8L3.6 11l7.4-1-7.4-1z"
      />
    </svg>
  );
}

export function EyeIcon() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="13"
      height="13"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <path d="M1.8 10c4-6.3 12.4-6.3 16.4 0-4 6.3-12.4 6.3-16.4 0z" />
      <circle cx="10" cy="10" r="2.7" />
    </svg>
  );
}

export function ReplyIcon() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      aria-hidden="true"
    >
      <path
        d="M10 3.200c4.3 0 7.3 2.6 7.3 6s-3 6-7.3 6c-.8 0-1.6-.1-2.3-.3L4 16.800l.6-3.200C3.4 12.5 2.7 11 2.7 9.200c0-3.4 3-6 7.3-6z"
        strokeLinejoin="round"
      />
      <path d="M6.8 8h6.400M6.8 10.600h4" strokeLinecap="round" />
    </svg>
  );
}

export function MoreIcon() {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" fill="currentColor" aria-hidden="true">
      <circle cx="10" cy="4.500" r="1.5" />
      <circle cx="10" cy="10" r="1.5" />
      <circle cx="10" cy="15.500" r="1.5" />
    </svg>
  );
}
