const KEPT_AT = 'Kept-At';

const KEPT_IN = 'Kept-In';

/** A page as it is kept: what it says, the language in its address, and since when it is kept. */
export function kept(page: Response, { html, language }: { html: string; language: string }): Response {
  const headers = new Headers(page.headers);
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  headers.set(KEPT_AT, String(Date.now()));
  headers.set(KEPT_IN, language);
  return new Response(html, { headers });
}

export const isIn = (page: Response, language: string): boolean => page.headers.get(KEPT_IN) === language;

/** In milliseconds. */
export const ageOf = (page: Response): number => Date.now() - Number(page.headers.get(KEPT_AT));
