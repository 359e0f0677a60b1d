import { draftCookie } from '../../functions/ground/http/cookies.ts';
import { dropDraft, findDraft, keepDraft } from '../../functions/people/sign-in/form-draft.ts';
import type { Speech } from '../locale.ts';
import { refill } from '../refill.ts';
import type { Visit } from '../visit.ts';
import { roomOf } from '../way-elsewhere.ts';
import type { SiteDeps } from './deps.ts';
import { keptFields } from './second-proof.ts';

/**
 * The answer that sends somebody of the team to sign in, once what they typed is kept for them. A browser without a session
 * of the team, over or not, has nothing kept.
 */
export async function keepTyped(
  { config }: Pick<SiteDeps, 'config'>,
  { visit, request, answer }: { visit: Visit; request: Request; answer: Response },
): Promise<Response> {
  const { sessionToken } = visit.asker;
  if (sessionToken === null) return answer;
  const fields = keptFields(await request.formData());
  const { pathname, search } = new URL(request.url);
  if (!(await keepDraft(visit.ctx, { sessionToken, path: pathname + search, fields }))) return answer;
  answer.headers.append('Set-Cookie', draftCookie(config, true));
  return answer;
}

const start = '<main id="main" tabindex="-1">';

/** A page of the console with what was typed there before, and word of it; sent again, it is forgotten. */
export async function withTyped(
  page: Response,
  {
    visit,
    request,
    speech,
    config,
  }: { visit: Visit; request: Request; speech: Speech } & Pick<SiteDeps, 'config'>,
): Promise<Response> {
  const url = new URL(request.url);
  if (!visit.asker.mayHaveDraft || visit.staff === null || roomOf(pathIn(url, speech)) !== 'console')
    return page;
  const draft = await findDraft(visit.ctx);
  if (draft === null || draft.path !== url.pathname + url.search) return page;
  if (request.method === 'POST') {
    await dropDraft(visit.ctx);
    page.headers.append('Set-Cookie', draftCookie(config, false));
    return page;
  }
  const isHtml = page.headers.get('Content-Type')?.startsWith('text/html') ?? false;
  if (!isHtml || page.body === null) return page;
  const html = await page.text();
  const filled = refill(html, draft.fields)?.replace(
    start,
    () => `${start}<p class="notice" role="status">${speech.t.draft_kept()}</p>`,
  );
  const renewed = new Response(filled ?? html, page);
  renewed.headers.delete('Content-Length');
  return renewed;
}

/** The path of a page without its language. */
const pathIn = ({ pathname }: URL, { to }: Speech) => {
  const home = to('/').replace(/\/$/, '');
  return pathname.startsWith(`${home}/`) ? pathname.slice(home.length) : pathname;
};
