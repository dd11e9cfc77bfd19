/** Styles are bundled by the page's build. */
declare module '*.css';
