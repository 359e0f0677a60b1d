import { portal } from '../portal.config.ts';

export const prerender = true;

/** The logo in the accent colour: what the browser's tab shows. */
export function GET(): Response {
  const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" color="${portal.accent}">${portal.logo}</svg>`;
  return new Response(icon, { headers: { 'Content-Type': 'image/svg+xml' } });
}
