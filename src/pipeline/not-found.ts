import type { Speech } from '../locale.ts';
import type { Visit } from '../visit.ts';
import { roomOf } from '../way-elsewhere.ts';
import type { SiteDeps } from './deps.ts';
import { answerOwnPage } from './own-page.ts';

/** Nothing is there, told with the navigation of where it was looked for, to whoever may be there. */
export async function answerNotFound(
  { path, speech, visit }: { path: string; speech: Speech; visit: Visit },
  { config }: SiteDeps,
): Promise<Response> {
  const room = roomOf(path);
  const lost = { room: (room === 'account' ? visit.customer : visit.staff) ? room : null, path };
  return answerOwnPage('/not-found', {
    locals: { visit, speech, lost, face: visit.face },
    status: 404,
    config,
  });
}
