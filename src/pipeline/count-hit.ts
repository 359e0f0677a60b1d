import { isReader } from '../../functions/insight/hits/is-reader.ts';
import type { Visit } from '../visit.ts';
import { roomOf } from '../way-elsewhere.ts';
import { isPage } from './render-page.ts';

/** Pages of which each address is counted by itself, since it names something that everybody may know. */
const byAddress = /^\/advice\/\[slug\]$/;

/**
 * Counts a page that somebody reads: by the pattern of its addresses, which names nobody. The team's own looks are left out, and so is
 * whatever is no page that was found.
 */
export function countHit(
  visit: Visit,
  read: { request: Request; response: Response; route: string; path: string; language: string },
): void {
  const { request, response, route, path, language } = read;
  if (request.method !== 'GET' || response.status !== 200 || !isPage(response)) return;
  if (visit.staff !== null || visit.isPreview || roomOf(path) === 'console') return;
  if (!isReader(request.headers)) return;
  visit.countHit({ page: byAddress.test(route) ? path : route, language });
}
