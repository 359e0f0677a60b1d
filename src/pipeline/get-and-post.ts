import type { Context } from 'hono';
import { formToken, hasNoOrigin, isFormToken } from '../../functions/ground/http/form-token.ts';
import { isFromOwnPages } from '../../functions/ground/http/origin.ts';
import { READER_HEADER } from '../../functions/ground/http/reader-header.ts';
import { readerMark } from '../../functions/ground/http/reader-mark.ts';
import { anyCode } from '../../functions/ground/identity/languages.ts';
import { readAsked } from '../asked.ts';
import { withFormToken } from '../form-tokens.ts';
import { isUpload, readWholeForm } from '../forms.ts';
import { mayNotSend } from '../operations/feedback.ts';
import type { Visit } from '../visit.ts';
import { wayElsewhere } from '../way-elsewhere.ts';
import { answerPage } from './answer-page.ts';
import { openVisitOf, type SiteDeps } from './deps.ts';
import { keepTyped, withTyped } from './form-draft.ts';
import { answerImportUpload, isImportUpload } from './import-upload.ts';
import { proveFirst } from './second-proof.ts';
import { answerTextPreview, previewOf } from './text-preview.ts';

export async function answerGet(c: Context, deps: SiteDeps): Promise<Response> {
  const { raw: request } = c.req;
  const visit = await openVisitOf(c, deps);
  return withToken(deps, request, withReader(deps, visit, await answerTyped(deps, { request, visit })));
}

/** The same answer, which says whose it is; one that may be kept for everybody says nothing of who asks now. */
function withReader({ config }: SiteDeps, { customer }: Visit, answer: Response): Response {
  if (answer.headers.get('Cache-Control')?.startsWith('public')) return answer;
  answer.headers.set(READER_HEADER, readerMark(config, customer?.id ?? null));
  return answer;
}

/** Mail programs post here on their reader's behalf (RFC 8058): the token in the address counts, and no cookie. */
const unsubscribeAddress = new RegExp(`^${anyCode}/mail/unsubscribe$`);

/** What a form sends, unless it comes from another site. */
export async function answerPost(c: Context, deps: SiteDeps): Promise<Response> {
  const { raw: request } = c.req;
  const isOurs = isFromOwnPages(request, deps.config) || unsubscribeAddress.test(c.req.path);
  if (!isOurs && !hasNoOrigin(request)) return c.text('This form was sent from another site.', 403);
  const asking = await askWho(c, deps);
  const { visit, speech, openedAt } = asking;
  if (asking.elsewhere) return answerOver(deps, { request, visit, isOurs, answer: asking.elsewhere });
  if (isImportUpload(request, visit)) return answerImportUpload(deps, { request, visit, speech, isOurs });
  const isNamed = visit.customer !== null || visit.staff !== null;
  if (!isNamed && isUpload(request)) {
    const mayNot = await mayNotSend(visit);
    if (mayNot !== null)
      return c.text('No files are taken now.', 429, {
        'Retry-After': String(Math.max(1, mayNot.retry_after_s)),
      });
  }
  const form = await readWholeForm(request, isNamed ? deps.bodies.named : deps.bodies.unnamed);
  if (!form.ok) return c.text(form.problem, form.status);
  try {
    if (!isOurs && !isFormToken(form.token, { request, config: deps.config, now: deps.now() }))
      return c.text('This form is no longer valid. Go back, load the page again and send it once more.', 403);
    const isLate = isNamed && deps.now() - openedAt > LATE_MS;
    const sending = isLate ? await askWho(c, deps) : asking;
    if (sending.elsewhere) return sending.elsewhere;
    const which = previewOf(form.request, visit);
    if (which !== null) return await answerTextPreview(deps, { request: form.request, visit, which });
    const act = (request: Request) => answerTyped(deps, { request, visit: sending.visit });
    const answer = await proveFirst(deps, { request: form.request, visit: sending.visit }, act);
    return await withToken(deps, request, answer);
  } finally {
    form.release();
  }
}

/** A form may come so slowly that its sender was signed out, or lost their powers, before it was there. */
const LATE_MS = 1000;

/** Who is asking, and where they have to go first, if anywhere. */
async function askWho(c: Context, deps: SiteDeps) {
  const openedAt = deps.now();
  const visit = await openVisitOf(c, deps);
  const { speech, path } = readAsked(c.req.raw, visit);
  const { pathname, search } = new URL(c.req.raw.url);
  return {
    visit,
    speech,
    openedAt,
    elsewhere: wayElsewhere(visit, { path, address: pathname + search, speech }),
  };
}

/** Where somebody has to sign in first: with what they typed, when it was a form of the console whose session is over. */
async function answerOver(
  deps: SiteDeps,
  sent: { request: Request; visit: Visit; isOurs: boolean; answer: Response },
): Promise<Response> {
  const { request, visit, isOurs, answer } = sent;
  if (visit.asker.sessionToken === null || visit.customer !== null || isUpload(request)) return answer;
  const form = await readWholeForm(request, deps.bodies.unnamed);
  if (!form.ok) return answer;
  try {
    if (!isOurs && !isFormToken(form.token, { request, config: deps.config, now: deps.now() })) return answer;
    return await keepTyped(deps, { visit, request: form.request, answer });
  } finally {
    form.release();
  }
}

/** A page, with what was typed there before its session was over. */
async function answerTyped(
  deps: SiteDeps,
  { request, visit }: { request: Request; visit: Visit },
): Promise<Response> {
  const { speech } = readAsked(request, visit);
  const page = await answerPage(deps, { request, visit });
  return withTyped(page, { visit, request, speech, config: deps.config });
}

/** The same answer; forms in it carry a token for a browser that will not say where they are sent from. */
async function withToken({ config, now }: SiteDeps, request: Request, answer: Response): Promise<Response> {
  if (!hasNoOrigin(request)) return answer;
  return withFormToken(answer, {
    token: formToken(request, { config, now: now(), answer }),
    url: request.url,
  });
}
